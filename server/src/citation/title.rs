//! The title beside a citation: “resolution 70/1, entitled “Transforming our world””, 题为“变革我们的世界”的第70/1号决议;
//! or only what it is about: “resolution 33/10, on safe drinking water”.

use super::beside::is_part_of_date;
use super::date::chinese_date_before;
use super::shape::Found;
use super::token::{Kind, Token, word};
use super::words::Words;

/// How many tokens a title may have.
const MOST_IN_TITLE: usize = 120;
/// How many tokens may stand between a Chinese title and the number: the name of the organ and a date.
const MOST_BETWEEN: usize = 16;

/// A title in offsets of the folded text, without quotation marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Titled {
    pub start: u32,
    pub end: u32,
    /// Whether it is quoted or introduced as a title.
    pub quoted: bool,
}

/// Reads the titles of citations that share none of their words with others: what stands behind “resolutions 64/292 and
/// 70/169” may be the title of either.
pub(super) fn read(words: &Words<'_>, found: &mut [Found]) {
    for index in 0..found.len() {
        // What a list goes on with behind other words has a first token of its own.
        let group = |other: &Found| (other.group, other.first) == (found[index].group, found[index].first);
        let alone = !index.checked_sub(1).is_some_and(|before| group(&found[before]))
            && !found.get(index + 1).is_some_and(group);
        if !alone {
            continue;
        }
        let floor = index.checked_sub(1).map_or(0, |before| found[before].last);
        let ceiling = found.get(index + 1).map_or(words.tokens.len(), |next| next.first);
        let title = behind(words, found[index].last, ceiling).or_else(|| before(words, found[index].first, floor));
        found[index].title = title;
        // 2010年7月28日题为“……”的第64/292号决议
        if let Some(title) = title.filter(|title| title.start < found[index].start && found[index].date.is_none()) {
            let first = words.tokens.partition_point(|token| token.start < title.start);
            let lead = (first.saturating_sub(2)..first).find(|&lead| leads(words, lead));
            if let Some(day) = lead.and_then(|lead| chinese_date_before(words, lead)) {
                found[index].date = Some(day);
                found[index].date_year = found[index].date_year.or(Some(day.year));
            }
        }
    }
}

/// The title behind a citation that ends before the token `at`.
fn behind(words: &Words<'_>, at: usize, ceiling: usize) -> Option<Titled> {
    let mut next = at;
    let comma = words.is_mark(next, ',');
    next += usize::from(comma);
    let dash = !comma && words.is_mark(next, '-');
    next += usize::from(dash);
    let parenthesis = !comma && !dash && words.is_mark(next, '(');
    next += usize::from(parenthesis);
    if words.is(next, word::TITLED) {
        next += 1;
        next += usize::from(words.is_mark(next, ':'));
        return match quotation(words, next) {
            Some(title) => Some(title),
            None => unquoted(words, next, ceiling),
        };
    }
    if is_opening(words, next) {
        // Without “entitled”, other words are quoted as well: “in resolution 70/1, “may” is replaced”.
        return quotation(words, next).filter(|title| is_like_a_title(words, *title));
    }
    let about = words.at(next).is_some_and(|token| is_about(words, token));
    (about && !parenthesis && !dash).then(|| subject(words, next + 1, ceiling)).flatten()
}

/// Words introduced by “entitled” that are not quoted: only where no comma leaves open how far they go.
fn unquoted(words: &Words<'_>, at: usize, ceiling: usize) -> Option<Titled> {
    let end = end_of_phrase(words, at, ceiling)?;
    (!words.is_mark(end, ',')).then(|| span(words, at, end, true)).flatten()
}

/// What a citation is about, to the next comma.
fn subject(words: &Words<'_>, at: usize, ceiling: usize) -> Option<Titled> {
    let end = end_of_phrase(words, at, ceiling)?;
    let title = span(words, at, end, false)?;
    // “on “national institutions””
    match quotation(words, at) {
        Some(quoted) if quoted.end >= title.end.saturating_sub(4) => Some(Titled { quoted: false, ..quoted }),
        _ => Some(title),
    }
}

/// The token that ends a phrase: a mark outside of its quotations and parentheses, or the end of the text. `None` where
/// it runs on into the next citation, and is not only about this one.
fn end_of_phrase(words: &Words<'_>, at: usize, ceiling: usize) -> Option<usize> {
    let mut depth = 0;
    for index in at..at + MOST_IN_TITLE {
        if index >= words.tokens.len() {
            return Some(index);
        }
        if index >= ceiling {
            return None;
        }
        match mark(words, index) {
            Some('(' | '“' | '«' | '《') => depth += 1,
            Some(')') if depth == 0 => return Some(index),
            Some(')' | '”' | '»' | '》') => depth -= 1,
            Some(';' | '。') => return Some(index),
            Some(',' | '.') if depth <= 0 => return Some(index),
            _ => {}
        }
    }
    None
}

/// The title before a citation that begins at the token `at`: 题为“变革我们的世界”的第70/1号决议, 有关……的第140号决议.
fn before(words: &Words<'_>, at: usize, floor: usize) -> Option<Titled> {
    introduced(words, at, floor).or_else(|| chinese(words, at, floor))
}

/// “the resolution entitled “Transforming our world” (resolution 70/1)”
fn introduced(words: &Words<'_>, at: usize, floor: usize) -> Option<Titled> {
    let mut index = at;
    while index > floor && index + 4 > at && words.at(index - 1).is_some_and(|token| !token.bodies().is_empty()) {
        index -= 1;
    }
    let open = index.checked_sub(1).filter(|&open| words.is_mark(open, '('))?;
    let (start, title) = quotation_before(words, open, floor)?;
    let lead = start.checked_sub(1).filter(|&lead| words.is(lead, word::TITLED))?;
    let instrument = words.at(lead.checked_sub(1)?)?.entry()?.instrument;
    instrument.map(|_| title)
}

fn chinese(words: &Words<'_>, at: usize, floor: usize) -> Option<Titled> {
    // Between 的 and the number: the organ, a date, the session.
    let mut of = at.checked_sub(1)?;
    let lowest = at.saturating_sub(MOST_BETWEEN).max(floor);
    loop {
        let token = words.at(of)?;
        let text = words.folded(token);
        if text == "的" {
            break;
        }
        let passes = !token.bodies().is_empty()
            || token.is(word::SESSION | word::YEAR | word::THIS_ORGAN | word::CONNECTIVE | word::DATE_LEAD)
            || is_part_of_date(words, token)
            || matches!(token.kind, Kind::Mark('(' | ')' | '、'))
            || matches!(text, "上");
        if !passes || of <= lowest {
            return None;
        }
        of -= 1;
    }
    if let Some((open, title)) = quotation_before(words, of, floor) {
        let lead = words.at(open.checked_sub(1)?)?;
        if lead.is(word::TITLED) {
            return Some(title);
        }
        return is_about(words, lead).then_some(Titled { quoted: false, ..title });
    }
    // The words that lead to it since the last comma: where there are two, “关于加强有关……的”, either may begin it.
    let mut lead = None;
    for index in (floor.max(of.saturating_sub(MOST_IN_TITLE))..of).rev() {
        let token = words.at(index)?;
        if matches!(token.kind, Kind::Mark(',' | ';' | '。' | ':')) {
            break;
        }
        if leads(words, index) && lead.replace(index).is_some() {
            return None;
        }
    }
    let lead = lead?;
    let quoted = words.is(lead, word::TITLED);
    span(words, lead + 1, of, quoted)
}

/// Whether “entitled” or “on” stands at a token.
fn leads(words: &Words<'_>, at: usize) -> bool {
    words.at(at).is_some_and(|token| token.is(word::TITLED) || is_about(words, token))
}

/// “on”, 关于: what follows says what it is about. 就 and “in” say so only of what is done.
fn is_about(words: &Words<'_>, token: &Token) -> bool {
    let text = words.folded(token);
    (token.is(word::OBJECT_OF) && text != "就") || (token.is(word::OWN) && text.ends_with("关于"))
}

/// The tokens from `from` to before `to` as a title.
fn span(words: &Words<'_>, from: usize, to: usize, quoted: bool) -> Option<Titled> {
    let mut to = to;
    while to > from && matches!(words.at(to - 1)?.kind, Kind::Mark(',' | ';' | '.' | '。' | ':')) {
        to -= 1;
    }
    let (first, last) = (words.at(from)?, words.at(to.checked_sub(1)?)?);
    (from < to).then_some(Titled { start: first.start, end: last.end, quoted })
}

/// The quotation mark that closes what a mark opens.
fn closing(mark: char) -> Option<char> {
    Some(match mark {
        '“' | '„' => '”',
        '«' => '»',
        '"' => '"',
        '《' => '》',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

fn is_opening(words: &Words<'_>, at: usize) -> bool {
    mark(words, at).and_then(closing).is_some()
}

fn mark(words: &Words<'_>, at: usize) -> Option<char> {
    match words.at(at)?.kind {
        Kind::Mark(mark) => Some(mark),
        _ => None,
    }
}

/// What is quoted from a token on.
fn quotation(words: &Words<'_>, at: usize) -> Option<Titled> {
    let open = mark(words, at)?;
    let close = closing(open)?;
    let mut depth = 0;
    let end = (at + 1..at + MOST_IN_TITLE).find(|&index| {
        let Some(mark) = mark(words, index) else { return false };
        if mark == close {
            depth -= 1;
        } else if mark == open {
            depth += 1;
        }
        depth < 0
    })?;
    span(words, at + 1, end, true)
}

/// What is quoted before a token, and the token of the mark that opens it.
fn quotation_before(words: &Words<'_>, at: usize, floor: usize) -> Option<(usize, Titled)> {
    let close = mark(words, at.checked_sub(1)?)?;
    let lowest = at.saturating_sub(MOST_IN_TITLE).max(floor);
    let mut depth = 0;
    let open = (lowest..at - 1).rev().find(|&index| {
        let Some(mark) = mark(words, index) else { return false };
        if closing(mark) == Some(close) {
            depth -= 1;
        } else if mark == close {
            depth += 1;
        }
        depth < 0
    })?;
    Some((open, span(words, open + 1, at - 1, true)?))
}

/// Whether quoted words look like a title: a capital letter or a Chinese character first, and more than two words.
fn is_like_a_title(words: &Words<'_>, title: Titled) -> bool {
    let text = words.original(title.start, title.end);
    let han = text.chars().filter(|c| matches!(c, '一'..='鿿')).count();
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    han > 5 || (capital && text.split_whitespace().count() > 2)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::citation::tests::worded;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&worded(text));
    }

    #[test]
    fn behind_in_quotation_marks() {
        check(
            "resolution 70/1 of 25 September 2015, entitled “Transforming our world”, General Assembly resolution 66/288, entitled \"The future we want,\"",
            expect![[r#"
                resolution 70/1 of 25 September 2015 → UNGA-70/1 [title: Transforming our world] [2015-09-25: 25 September 2015]
                resolution 66/288 → UNGA-66/288 [title: The future we want]
            "#]],
        );
        check(
            "la résolution 70/1 de l’Assemblée générale, en date du 25 septembre 2015, intitulée « Transformer notre monde »; la resolución 70/1, titulada “Transformar nuestro mundo”;",
            expect![[r#"
                résolution 70/1 → UNGA-70/1 [title: Transformer notre monde] [2015-09-25: 25 septembre 2015]
                resolución 70/1 → UNGA-70/1 [title: Transformar nuestro mundo]
            "#]],
        );
        check(
            "резолюцию 70/1 от 25 сентября 2015 года, озаглавленную «Преобразование нашего мира»; قرار الجمعية العامة 70/1 المعنون \"تحويل عالمنا\"؛",
            expect![[r#"
                резолюцию 70/1 от 25 сентября 2015 года → UNGA-70/1 [title: Преобразование нашего мира] [2015-09-25: 25 сентября 2015 года]
                قرار الجمعية العامة 70/1 → UNGA-70/1 [title: تحويل عالمنا]
            "#]],
        );
        check(
            "联合国大会第70/1号决议，题为“变革我们的世界”；大会2015年9月25日题为“变革我们的世界”的第70/1号决议；",
            expect![[r#"
                第70/1号决议 → UNGA-70/1 [title: 变革我们的世界]
                第70/1号决议 → UNGA-70/1 [title: 变革我们的世界] [2015-09-25: 2015年9月25日]
            "#]],
        );
        check(
            "Resolution 140 (Rev. Dubai, 2018) “The Union’s role in carrying out the outcomes”; resolution 70/1, “may” is replaced",
            expect![[r#"
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018 [title: The Union’s role in carrying out the outcomes]
                resolution 70/1 → ?-70/1
            "#]],
        );
    }

    #[test]
    fn introduced_without_quotation_marks() {
        check(
            "General Assembly resolution 70/1, entitled Transforming our world; resolution 70/2, entitled On water, and its annex",
            expect![[r#"
                resolution 70/1 → UNGA-70/1 [title: Transforming our world]
                resolution 70/2 → UNGA-70/2
            "#]],
        );
    }

    #[test]
    fn before() {
        check(
            "联合国大会题为“变革我们的世界”的第70/1号决议、大会2015年9月25日通过的题为《变革我们的世界》的第70/1号决议；",
            expect![[r#"
                第70/1号决议 → UNGA-70/1 [title: 变革我们的世界]
                第70/1号决议 → UNGA-70/1 [title: 变革我们的世界] [2015-09-25: 2015年9月25日]
            "#]],
        );
        check(
            "the resolution entitled “Transforming our world” (General Assembly resolution 70/1) and “The future we want” (General Assembly resolution 66/288)",
            expect![[r#"
                resolution 70/1 → UNGA-70/1 [title: Transforming our world]
                resolution 66/288 → UNGA-66/288
            "#]],
        );
    }

    #[test]
    fn what_it_is_about() {
        check(
            "resolution 70/1 of 25 September 2015, on the Decade (2016–2025) and “Our Agenda, now”, and Resolution 140 (Rev. Dubai, 2018) of this conference, on the Union’s role;",
            expect![[r#"
                resolution 70/1 of 25 September 2015 → UNGA-70/1 [about: the Decade (2016–2025) and “Our Agenda, now”] [2015-09-25: 25 September 2015]
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018 [about: the Union’s role]
            "#]],
        );
        check(
            "全权代表大会有关国际电联作用的第140号决议（2018年，迪拜，修订版）和关于水的第64/292号决议；",
            expect![[r#"
                第140号决议（2018年，迪拜，修订版） → PP-140@2018 [about: 国际电联作用]
                第64/292号决议 → ?-64/292 [about: 水]
            "#]],
        );
        check(
            "Human Rights Council resolutions 5/1, on institution-building of the Council, and 5/2, on the code of conduct,",
            expect![[r#"
                resolutions 5/1 → HRC-5/1 [about: institution-building of the Council]
                5/2 → HRC-5/2 [about: the code of conduct]
            "#]],
        );
        check(
            "la résolution 140 (Rév. Dubaï, 2018) sur le rôle de l’Union; резолюцию 140 (Пересм. Дубай, 2018 г.) о роли Союза; القرار 140 (المراجع في دبي، 2018) بشأن دور الاتحاد؛",
            expect![[r#"
                résolution 140 (Rév. Dubaï, 2018) → PP-140@2018 [about: le rôle de l’Union]
                резолюцию 140 (Пересм. Дубай, 2018 г.) → PP-140@2018 [about: роли Союза]
                القرار 140 (المراجع في دبي، 2018) → PP-140@2018 [about: دور الاتحاد]
            "#]],
        );
    }

    #[test]
    fn open_titles_are_none() {
        check(
            "General Assembly resolutions 64/292 and 70/169 on water; 关于加强有关安全的第140号决议（2018年，迪拜，修订版）；",
            expect![[r#"
                resolutions 64/292 → UNGA-64/292
                70/169 → UNGA-70/169
                第140号决议（2018年，迪拜，修订版） → PP-140@2018
            "#]],
        );
    }
}
