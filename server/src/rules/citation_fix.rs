//! Edits that bring a citation to another version, or pin it.

use super::Input;
use super::citation_common::{Judge, Judged, Newer, newer};
use crate::catalogue::{VersionKind, VersionView};
use crate::citation::{self, Citation, CitedVersion, ResolutionId, Version, data, place_name};
use crate::syntax::{Change, ChangeKind, Language, Paragraph, ParagraphIndex, TextEdit, TextRange, TextSize};

use jiff::civil::Date;

/// Why a citation that is out of date is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Others share its parenthesis, and that version is not the one to cite for all of them.
    Shared,
    /// Its words cannot be changed without harm.
    Wording,
}

impl Left {
    /// What is the matter, as the end of a sentence.
    pub fn message(self) -> &'static str {
        match self {
            Left::Shared => "what it shares a parenthesis with is not to be cited in the same version",
            Left::Wording => "its words cannot be changed without harm to the sentence or to a tracked change",
        }
    }
}

/// The edits that make the citation name `target` instead: in its own form and language, place and year alone, and as
/// a tracked change in a tracked proposal.
///
/// # Errors
///
/// Where that cannot be done without harm: where others of the group that share the parenthesis would then name a wrong
/// version, where the words are half of one change and half of another, or where the place is not known.
pub(super) fn bring_to(cited: &Judged<'_>, target: &VersionView<'_>, as_of: Date) -> Result<Vec<TextEdit>, Left> {
    let version = cited.citation.cited_version.as_ref().ok_or(Left::Wording)?;
    for member in cited.judge.group(cited.index) {
        let member = cited.judge.at(member).ok_or(Left::Shared)?;
        match newer(&member, as_of) {
            Some(Newer::Version(other)) if (other.version, other.place) == (target.version, target.place) => {}
            _ => return Err(Left::Shared),
        }
    }
    let revised = target.kind != VersionKind::Adopted;
    edits(cited.judge.input, cited.citation, version, target.place, target.year, revised).ok_or(Left::Wording)
}

/// A newer version than the one that a citation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The version in force.
    pub version: Version,
    /// The language of the citation, where its words tell.
    pub language: Option<Language>,
    /// The edits that bring the citation to it, where that can be done without harm.
    pub edits: Option<Vec<TextEdit>>,
}

/// The version that is in force today where a citation, by its place in the list, names an older one; pinned, recalled
/// as history or not. `None` where nothing newer is known for sure.
pub fn version_in_force(input: &Input<'_>, citation: usize) -> Option<InForce> {
    let judge = Judge::new(input);
    let cited = judge.any_at(citation)?;
    let Newer::Version(version) = newer(&cited, input.today)? else { return None };
    // An old version that is meant is left alone.
    let edits =
        if cited.citation.pinned || cited.history { None } else { bring_to(&cited, &version, input.today).ok() };
    let language = language_of(input, cited.citation);
    Some(InForce { version: version.version.clone(), language, edits })
}

/// The edits that put another place and year into a parenthesis; `place` in English, `None` to leave it as it is.
pub(super) fn edits(
    input: &Input<'_>,
    citation: &Citation,
    version: &CitedVersion,
    place: Option<&str>,
    year: u16,
    revised: bool,
) -> Option<Vec<TextEdit>> {
    let language = language_of(input, citation)?;
    edits_in(input, citation.paragraph, language, version, place, year, revised)
}

/// The same for a parenthesis wherever it stands, as in a title or an enacting line.
pub(super) fn edits_in(
    input: &Input<'_>,
    paragraph: ParagraphIndex,
    language: Language,
    version: &CitedVersion,
    place: Option<&str>,
    year: u16,
    revised: bool,
) -> Option<Vec<TextEdit>> {
    let writer = Writer::new(input, paragraph)?;
    let mut edits = Vec::new();
    let written_year = writer.quote(version.year_range)?;
    if version.year != year {
        edits.push(writer.replace(version.year_range, &digits_like(written_year, year)?)?);
    }
    match (version.place_range, place) {
        (Some(range), Some(place)) if version.place != Some(place) => {
            edits.push(writer.replace(range, place_name(place, language)?)?);
        }
        // A parenthesis that names a place needs the new one.
        (Some(_), None) => return None,
        _ => {}
    }
    if revised && !version.revised {
        edits.push(writer.revised(version, language)?);
    }
    (!edits.is_empty()).then_some(edits)
}

/// The language of a citation: that in which its place is written, then that of its word for “resolution”, then that
/// of the text.
pub(super) fn language_of(input: &Input<'_>, citation: &Citation) -> Option<Language> {
    let quote = |range: TextRange| input.text.get(std::ops::Range::<usize>::from(range));
    let version = citation.cited_version.as_ref();
    let written = version.and_then(|version| version.place_range).and_then(quote);
    let place = version.and_then(|version| version.place);
    let by_place = |language: &Language| {
        place.is_none() || written.is_none() || place.and_then(|place| place_name(place, *language)) == written
    };
    let by_word = |language: &Language| names_instrument(&citation.text, *language);
    let own = input.facts.identities.iter().find_map(|identity| identity.language);
    let all = || Language::ALL.into_iter();
    // Dubai is written in the same way in several languages; the other signs decide between them.
    (all().filter(by_place).find(by_word))
        .or(own.filter(by_place))
        .or_else(|| all().find(by_word))
        .or_else(|| all().find(|language| written.is_some() && by_place(language)))
        .or(own)
        .or_else(|| Language::guess(input.text))
}

/// Whether the words of a citation hold a language's word for what is cited: “resolution”, 决议.
pub(super) fn names_instrument(words: &str, language: Language) -> bool {
    let mut names = data().keywords.instruments.values().filter_map(|names| names.get(&language)).flatten();
    if language == Language::Zh {
        return names.any(|name| words.contains(name.as_str()));
    }
    let words: Vec<String> = words.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
    // An Arabic article is written together with its noun.
    names.any(|name| words.iter().any(|word| word == name || word.strip_prefix("ال") == Some(name)))
}

/// A year in the digits of the one that is written: as many, and of the same script.
pub(super) fn digits_like(written: &str, year: u16) -> Option<String> {
    let zero = match written.chars().next()? {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        _ => return None,
    };
    let length = written.chars().count();
    if !matches!(length, 2 | 4) || !written.chars().all(char::is_numeric) {
        return None;
    }
    let year = format!("{year:04}");
    let digits = year.get(year.len() - length..)?.bytes();
    digits.map(|digit| char::from_u32(u32::from(zero) + u32::from(digit - b'0'))).collect()
}

/// Writes into a paragraph, as a tracked change where changes are tracked.
pub(super) struct Writer<'a> {
    text: &'a str,
    pub paragraph: &'a Paragraph,
    tracked: bool,
}

impl<'a> Writer<'a> {
    pub fn new(input: &Input<'a>, paragraph: ParagraphIndex) -> Option<Writer<'a>> {
        let paragraph = input.facts.document.paragraphs.get(paragraph.index())?;
        let tracked = input.is_tracked(paragraph.resolution);
        Some(Writer { text: input.text, paragraph, tracked })
    }

    pub fn quote(&self, range: TextRange) -> Option<&'a str> {
        self.text.get(std::ops::Range::<usize>::from(range))
    }

    /// Replaces `range`: inside of what is new already by plain words, elsewhere as a tracked change where changes are
    /// tracked.
    pub fn replace(&self, range: TextRange, new: &str) -> Option<TextEdit> {
        let old = self.quote(range)?;
        let text = match self.within_new(range)? {
            false if self.tracked && range.is_empty() => format!("{{++{new}++}}"),
            false if self.tracked => format!("{{~~{old}~>{new}~~}}"),
            _ => new.to_owned(),
        };
        Some(TextEdit::replace(range, text))
    }

    /// Whether `range` lies in the new words of a change. `None` where it cuts through one, or lies in old words.
    fn within_new(&self, range: TextRange) -> Option<bool> {
        let mut within = false;
        for change in &self.paragraph.changes {
            // An empty range at the edge of a change touches it and no more.
            let Some(common) = change.range.intersect(range) else { continue };
            let outside =
                common.is_empty() && (range.start() == change.range.end() || range.end() == change.range.start());
            if outside {
                continue;
            }
            match change {
                Change { kind: ChangeKind::Comment, .. } => return None,
                Change { new: Some(new), .. } if new.contains_range(range) => within = true,
                _ => return None,
            }
        }
        Some(within)
    }

    /// Inserts the word that says that a version is a revision.
    fn revised(&self, version: &CitedVersion, language: Language) -> Option<TextEdit> {
        let first = match version.place_range {
            Some(place) => place.start().min(version.year_range.start()),
            None => version.year_range.start(),
        };
        let (at, word) = match language {
            Language::Zh => {
                let close = self.quote(version.range)?.chars().next_back()?;
                (version.range.end() - TextSize::of(close), "，修订版")
            }
            Language::En | Language::Es => (first, "Rev. "),
            Language::Fr => (first, "Rév. "),
            Language::Ru => (first, "Пересм. "),
            Language::Ar => (first, if version.place_range.is_some() { "المراجَع في " } else { "المراجَع " }),
        };
        self.replace(TextRange::empty(at), word)
    }
}

/// The edits that pin a citation, `[…](=)`, together with those that share its parenthesis. `None` where the brackets
/// would cut through a tracked change.
pub(super) fn pin(cited: &Judged<'_>) -> Option<Vec<TextEdit>> {
    let facts = cited.judge.input.facts;
    let members = cited.judge.group(cited.index).into_iter().filter_map(|index| facts.citations.get(index));
    let range = members.fold(cited.citation.range, |range, member| range.cover(member.range));
    pin_to(cited.judge.input, cited.citation.paragraph, range, "=")
}

/// The edits that pin words of a paragraph to what `target` names: `=`, or an id. `None` where the brackets would cut
/// through a tracked change.
pub(super) fn pin_to(
    input: &Input<'_>,
    paragraph: ParagraphIndex,
    range: TextRange,
    target: &str,
) -> Option<Vec<TextEdit>> {
    let paragraph = input.facts.document.paragraphs.get(paragraph.index())?;
    // A change lies inside of the brackets, or around them, or apart.
    let cuts = |change: Change| {
        let apart = change.range.intersect(range).is_none_or(|common| common.is_empty());
        let around = [change.new, change.old].into_iter().flatten().any(|words| words.contains_range(range));
        !apart && !around && !range.contains_range(change.range)
    };
    if paragraph.changes.iter().any(cuts) || !paragraph.range.contains_range(range) {
        return None;
    }
    Some(vec![
        TextEdit::replace(TextRange::empty(range.start()), "["),
        TextEdit::replace(TextRange::empty(range.end()), format!("]({target})")),
    ])
}

/// The edit that puts the resolution that a draft has become in its place: `A/78/L.49` becomes `A/RES/78/265`, “draft
/// resolution A/78/L.49” becomes “resolution 78/265”. `None` where that would harm the sentence or cut through a change.
pub(super) fn adopted(cited: &Judged<'_>, id: &ResolutionId) -> Option<Vec<TextEdit>> {
    let (input, citation) = (cited.judge.input, cited.citation);
    let writer = Writer::new(input, citation.paragraph)?;
    let view = &writer.paragraph.views[citation.side];
    let start = view.to_view(citation.number_range.start())?;
    let end = view.to_view(citation.number_range.end())?;
    let (range, new) = citation::adopted(&view.text, start.into()..end.into(), id, names_itself(cited, id))?;
    let size = |offset: usize| u32::try_from(offset).ok().map(TextSize::new);
    let source = view.to_source(TextRange::new(size(range.start)?, size(range.end)?))?;
    // The words stand in one piece, without sigils between them.
    (writer.quote(source)? == view.text.get(range)?).then_some(())?;
    Some(vec![writer.replace(source, &new)?])
}

/// Whether the number alone names the resolution where the draft is cited: the Assembly counts its sessions as the
/// Human Rights Council does, which is far behind.
fn names_itself(cited: &Judged<'_>, id: &ResolutionId) -> bool {
    let base = id.body.split(' ').next().unwrap_or(&id.body);
    let acts = cited.identity.is_some_and(|identity| identity.body.as_deref() == Some(base));
    let named = cited.citation.named.iter().any(|body| body == base);
    let session = id.number.split('/').next().and_then(|session| session.parse::<u32>().ok());
    base == "UNGA" && (acts || named || session.is_some_and(|session| session > 69))
}
