//! `citation/ambiguous`: the words leave open which body's resolution is meant.

use jiff::civil::Date;

use super::citation_common::{Judge, base, body_in_words, name, sentence, with_resolution};
use super::citation_fix::pin_to;
use super::citation_fix_insert::named;
use super::citation_quotes::Quotes;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::catalogue::{Existence, VersionKind, adoption_window, sessions_of};
use crate::citation::{Citation, CitedDate, Instrument, ResolutionId, Wording, body, data};
use crate::syntax::Side;

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/ambiguous",
    page: include_str!("../../../docs/rules/citation-ambiguous.md"),
    severity: Severity::Information,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    let mut quotes = Quotes::default();
    for (index, citation) in input.facts.citations.iter().enumerate() {
        if !is_open(citation)
            || of_another_house(input, citation)
            || quotes.hold(input, citation.paragraph, citation.range)
        {
            continue;
        }
        let written = judge.written(citation).1.unwrap_or(input.today);
        let candidates = candidates(input, citation, written);
        if (2..=MOST).contains(&candidates.len()) {
            out.push(finding(input, index, citation, &candidates));
        }
    }
}

/// Of more than these, none is likelier than any other, and most likely it is none of them.
const MOST: usize = 4;

/// Whether the words of a citation leave its body open.
fn is_open(citation: &Citation) -> bool {
    citation.side == Side::Amended
        && citation.id.is_none()
        && citation.flattened.is_none()
        && !citation.pinned
        && citation.wording == Wording::Full
        && citation.instrument != Instrument::Draft
        && (citation.named.is_empty() || citation.named.iter().any(|body| citation.candidates.contains(body)))
}

/// Whether a citation may well be of a body that is not known: the text is of another house than those that number so,
/// or the words beside the number name somebody.
fn of_another_house(input: &Input<'_>, citation: &Citation) -> bool {
    let Some(paragraph) = input.facts.document.paragraphs.get(citation.paragraph.index()) else { return true };
    let profile = input.profile(paragraph.resolution).map(|profile| profile.id.as_str());
    // A running number says nothing: every committee has its resolution 12.
    let plain = citation.number.bytes().all(|b| b.is_ascii_digit());
    let placed = citation.cited_version.as_ref().is_some_and(|version| version.place.is_some());
    if plain && !placed && profile != Some("itu") {
        return true;
    }
    let view = &paragraph.views[citation.side];
    let place = |offset| view.to_view(offset).map(usize::from);
    let (Some(start), Some(end)) = (place(citation.range.start()), place(citation.range.end())) else { return true };
    let (before, behind) = (view.text.get(..start), view.text.get(end..));
    named_before(before.unwrap_or_default()) || named_behind(behind.unwrap_or_default())
}

/// Whether words end with what may be a name: “the African Commission”, 专门委员会.
fn named_before(words: &str) -> bool {
    let words = words.trim_end();
    if let Some(last) = words.chars().next_back().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) {
        return matches!(last, '会' | '院' | '织' | '盟' | '署' | '局' | '团' | '社' | '厅');
    }
    let mut all = words.split_whitespace().rev();
    // The first word of a sentence has a capital letter in any case.
    let (last, first) = (all.next().unwrap_or_default(), all.next().is_none());
    !first && last.starts_with(char::is_uppercase)
}

/// Whether words begin with what may be a name: “of the African Commission”, “, adopted by the Committee”.
fn named_behind(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    let connectives = || data().keywords.connectives.values().flatten().map(String::as_str);
    let mut rest = words.split_whitespace().peekable();
    let mut connected = false;
    for _ in 0..4 {
        let Some(word) = rest.peek() else { return false };
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if connectives().any(|connective| connective == word.to_lowercase()) {
            connected = true;
            rest.next();
        } else {
            // Arabic has no capital letters.
            let arabic = word.chars().any(|c| matches!(c, '\u{600}'..='\u{6ff}'));
            return connected && (word.starts_with(char::is_uppercase) || arabic);
        }
    }
    false
}

/// What may be meant: of the bodies that number so, those that are not known to have had no such resolution by then.
fn candidates(input: &Input<'_>, citation: &Citation, written: Date) -> Vec<ResolutionId> {
    let kind = match citation.instrument {
        Instrument::Resolution | Instrument::Draft => "",
        Instrument::Decision => " Decision",
        Instrument::Opinion => " Opinion",
        Instrument::Recommendation => " Recommendation",
    };
    let year = citation.cited_version.as_ref().map(|version| version.year);
    let bodies = citation.candidates.iter().filter(|body| citation.named.is_empty() || citation.named.contains(body));
    let ids = bodies.map(|body| ResolutionId::new(format!("{body}{kind}"), citation.number.as_str()));
    let ids = ids.filter(|id| {
        let existence = input.catalogue.existence(id, year, written);
        matches!(existence, Existence::Listed | Existence::Open)
            && counts_so_high(id)
            && fits_day(id, citation)
            && was_there(id, citation, written)
            && year.is_none_or(|year| had_version(input, id, year))
    });
    ids.collect()
}

/// Whether a body adopts as many resolutions in a session as the number says.
fn counts_so_high(id: &ResolutionId) -> bool {
    let most = body(base(id)).and_then(|facts| facts.most_in_session);
    let number = id.number.split('/').nth(1).and_then(|number| number.split(' ').next()?.parse::<u32>().ok());
    most.zip(number).is_none_or(|(most, number)| number <= most)
}

/// Whether the body had begun to meet on the day beside the number, or when the text was written.
fn was_there(id: &ResolutionId, citation: &Citation, written: Date) -> bool {
    let first = sessions_of(&id.body).iter().map(|session| i32::from(session.year)).min();
    let year = citation.date.map_or(written.year(), |CitedDate { date, .. }| date.year());
    first.is_none_or(|first| first <= i32::from(year))
}

/// Whether the day beside the number may be one of the session that the number names.
fn fits_day(id: &ResolutionId, citation: &Citation) -> bool {
    let Some((CitedDate { date, .. }, window)) = citation.date.zip(adoption_window(id)) else { return true };
    // A session may be resumed, but not in another year.
    (window.earliest.year()..=window.latest.year()).contains(&date.year())
}

/// Whether a resolution may have had a version of a year, as far as is known.
fn had_version(input: &Input<'_>, id: &ResolutionId, year: u16) -> bool {
    let Some(entry) = input.catalogue.get(id).filter(|entry| entry.versions_complete()) else { return true };
    let mut versions = entry.versions().into_iter().filter(|view| view.kind != VersionKind::Proposed);
    versions.any(|view| view.year == year)
}

fn finding(input: &Input<'_>, index: usize, citation: &Citation, candidates: &[ResolutionId]) -> Finding {
    let names: Vec<String> = candidates.iter().map(|id| body_in_words(base(id))).collect();
    let message =
        format!("{} may be a number of {}. Say whose it is, or pin the citation.", citation.number, list(&names));
    let mut finding = Finding::new(RULE.id, RULE.severity, citation.range, message);
    for (id, organ) in candidates.iter().zip(&names) {
        if input.catalogue.get(id).is_some() {
            finding = with_resolution(finding, id, None, format!("{} of {organ}", name(id)));
        }
        if let Some(edits) = named(input, index, id) {
            finding = finding.fix(sentence(&format!("name {organ}")), Remedy::Edits(edits));
        }
    }
    for id in candidates {
        if let Some(edits) = pin_to(input, citation.paragraph, citation.range, &id.to_string()) {
            finding = finding.fix(format!("Pin this citation to {id}"), Remedy::Edits(edits));
        }
    }
    finding
}

/// “a, b or c”
fn list(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        names => names.join(""),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::fixed_lines;

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn every_body_that_it_may_be_is_offered() {
        assert(
            "a) resolution 33/10 on safe drinking water;\n",
            expect![[r#"
                resolution 33/10: 33/10 may be a number of the United Nations General Assembly or the United Nations Human Rights Council. Say whose it is, or pin the citation.
                  Name the United Nations General Assembly: a) General Assembly resolution 33/10 on safe drinking water;
                  Name the United Nations Human Rights Council: a) Human Rights Council resolution 33/10 on safe drinking water;
                  Pin this citation to UNGA-33/10: a) [resolution 33/10](UNGA-33/10) on safe drinking water;
                  Pin this citation to HRC-33/10: a) [resolution 33/10](HRC-33/10) on safe drinking water;
            "#]],
        );
        assert(
            "a) 关于饮用水的第33/10号决议；\n",
            expect![[r#"
                第33/10号决议: 33/10 may be a number of the United Nations General Assembly or the United Nations Human Rights Council. Say whose it is, or pin the citation.
                  Name the United Nations General Assembly: a) 关于饮用水的大会第33/10号决议；
                  Name the United Nations Human Rights Council: a) 关于饮用水的人权理事会第33/10号决议；
                  Pin this citation to UNGA-33/10: a) 关于饮用水的[第33/10号决议](UNGA-33/10)；
                  Pin this citation to HRC-33/10: a) 关于饮用水的[第33/10号决议](HRC-33/10)；
            "#]],
        );
        assert(
            "a) la résolution 33/10 sur l’eau potable;\n",
            expect![[r#"
                résolution 33/10: 33/10 may be a number of the United Nations General Assembly or the United Nations Human Rights Council. Say whose it is, or pin the citation.
                  Name the United Nations General Assembly: a) la résolution 33/10 de l’Assemblée générale sur l’eau potable;
                  Name the United Nations Human Rights Council: a) la résolution 33/10 du Conseil des droits de l’homme sur l’eau potable;
                  Pin this citation to UNGA-33/10: a) la [résolution 33/10](UNGA-33/10) sur l’eau potable;
                  Pin this citation to HRC-33/10: a) la [résolution 33/10](HRC-33/10) sur l’eau potable;
            "#]],
        );
        assert(
            "a) в резолюции 33/10 о питьевой воде;\n",
            expect![[r#"
                резолюции 33/10: 33/10 may be a number of the United Nations General Assembly or the United Nations Human Rights Council. Say whose it is, or pin the citation.
                  Name the United Nations General Assembly: a) в резолюции 33/10 Генеральной Ассамблеи о питьевой воде;
                  Name the United Nations Human Rights Council: a) в резолюции 33/10 Совета по правам человека о питьевой воде;
                  Pin this citation to UNGA-33/10: a) в [резолюции 33/10](UNGA-33/10) о питьевой воде;
                  Pin this citation to HRC-33/10: a) в [резолюции 33/10](HRC-33/10) о питьевой воде;
            "#]],
        );
        assert(
            "a) القرار 33/10 بشأن مياه الشرب؛\n",
            expect![[r#"
                القرار 33/10: 33/10 may be a number of the United Nations General Assembly or the United Nations Human Rights Council. Say whose it is, or pin the citation.
                  Pin this citation to UNGA-33/10: a) [القرار 33/10](UNGA-33/10) بشأن مياه الشرب؛
                  Pin this citation to HRC-33/10: a) [القرار 33/10](HRC-33/10) بشأن مياه الشرب؛
            "#]],
        );
    }

    #[test]
    fn a_place_where_two_bodies_met() {
        assert(
            "a) Resolution 3 (Dubai, 2012);\n",
            expect![[r#"
                Resolution 3 (Dubai, 2012): 3 may be a number of the World Telecommunication Standardization Assembly or the World Conference on International Telecommunications. Say whose it is, or pin the citation.
                  Name the World Telecommunication Standardization Assembly: a) Resolution 3 (Dubai, 2012) of the World Telecommunication Standardization Assembly;
                  Name the World Conference on International Telecommunications: a) Resolution 3 (Dubai, 2012) of the World Conference on International Telecommunications;
                  Pin this citation to WTSA-3: a) [Resolution 3 (Dubai, 2012)](WTSA-3);
                  Pin this citation to WCIT-3: a) [Resolution 3 (Dubai, 2012)](WCIT-3);
            "#]],
        );
        assert(
            "a) 第3号决议（2012年，迪拜）；\n",
            expect![[r#"
                第3号决议（2012年，迪拜）: 3 may be a number of the World Telecommunication Standardization Assembly or the World Conference on International Telecommunications. Say whose it is, or pin the citation.
                  Name the World Telecommunication Standardization Assembly: a) 世界电信标准化全会第3号决议（2012年，迪拜）；
                  Name the World Conference on International Telecommunications: a) 国际电信世界大会第3号决议（2012年，迪拜）；
                  Pin this citation to WTSA-3: a) [第3号决议（2012年，迪拜）](WTSA-3)；
                  Pin this citation to WCIT-3: a) [第3号决议（2012年，迪拜）](WCIT-3)；
            "#]],
        );
        assert(
            "a) la Résolution 3 (Dubaï, 2012);\n",
            expect![[r#"
                Résolution 3 (Dubaï, 2012): 3 may be a number of the World Telecommunication Standardization Assembly or the World Conference on International Telecommunications. Say whose it is, or pin the citation.
                  Name the World Telecommunication Standardization Assembly: a) la Résolution 3 (Dubaï, 2012) de l’Assemblée mondiale de normalisation des télécommunications;
                  Name the World Conference on International Telecommunications: a) la Résolution 3 (Dubaï, 2012) de la Conférence mondiale des télécommunications internationales;
                  Pin this citation to WTSA-3: a) la [Résolution 3 (Dubaï, 2012)](WTSA-3);
                  Pin this citation to WCIT-3: a) la [Résolution 3 (Dubaï, 2012)](WCIT-3);
            "#]],
        );
    }

    #[test]
    fn silent_where_nothing_can_be_said() {
        for text in [
            // Nobody knows whose.
            "a) resolution 264 on rail traffic;\n",
            "a) decision 4 of the session;\n",
            "a) resolution 33/10 of the European Parliament;\n",
            "a) in the European Parliament resolution 33/10;\n",
            "a) la résolution 33/10 du Parlement européen;\n",
            "a) 欧洲议会第33/10号决议；\n",
            "a) القرار 33/10 الصادر عن البرلمان؛\n",
            // The Council was not yet there, or does not adopt so many.
            "---\ndate: 1991-12-18\n---\n\na) resolution 33/10;\n",
            "a) resolution 33/10 of 3 November 1978;\n",
            "a) resolution 49/128;\n",
            // Named, pinned, quoted.
            "a) Human Rights Council resolution 33/10;\n",
            "a) [resolution 33/10](HRC-33/10);\n",
            "a) the report “Follow-up to resolution 33/10”;\n",
        ] {
            assert(text, expect![""]);
        }
    }
}
