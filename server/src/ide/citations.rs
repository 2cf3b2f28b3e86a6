//! What a text cites and who cites it: an entry for each resolution, with what has become of it.

use std::collections::{BTreeMap, HashMap};

use super::calls;
use super::definition::{Destination, of_citation};
use super::item;
use super::overtaken::{Overtaken, overtaken};
use super::page::{capital, in_words};
use super::references::once_each;
use super::standing::{Standing, judged_at, standings};
use super::symbols::shortened;
use super::target::{identity_of, language_at};
use crate::catalogue::Status;
use crate::citation::{Citation, ResolutionId, Version, WrittenVersion, body_name, written, written_version};
use crate::syntax::{Language, Side, TextRange};
use crate::workspace::{File, FileId, Snapshot};

/// How many bodies are named where a citation leaves open which is meant.
const BODIES: usize = 3;

/// The citations of a text, from both ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// What it cites, a resolution and version each, in the order in which the text does so first.
    pub cites: Vec<Entry>,
    /// Who cites it, a citing resolution each, in the order of files and texts.
    pub cited_by: Vec<Entry>,
}

/// One resolution that is cited, or that cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called, in the words of the text.
    pub label: String,
    /// In a line: what became of it, and its title.
    pub detail: String,
    /// In several lines, plain text: what is known of it, and what to do.
    pub tooltip: String,
    /// What became of it.
    pub state: State,
    /// Which it is; `None` where the text leaves that open.
    pub id: Option<ResolutionId>,
    /// The version that is cited, or that cites.
    pub version: Option<Version>,
    /// The citations, in text order; all in one file.
    pub places: Vec<(FileId, TextRange)>,
    /// Where it can be read; `None` for what nobody knows.
    pub target: Option<Destination>,
}

/// What became of what is cited, from what is in order to what needs a hand most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// In force.
    InForce,
    /// The drafter means this version, old or not.
    Pinned,
    /// Which body adopted it is open.
    Open,
    /// Not known, or not adopted.
    Unknown,
    /// Something newer is there, and the text may be right all the same: it is older, or names history.
    RevisedSince,
    /// Something newer is in force, and the text has to be put right.
    Outdated,
    /// No longer in force, and the text has to be put right.
    Abrogated,
}

/// What the resolutions of a file cite, as amended, themselves left out; and who cites them. Empty for a file that is not
/// there.
pub fn citations(snapshot: &Snapshot, file: FileId) -> Overview {
    let Some(file) = snapshot.file(file) else { return Overview::default() };
    let mut cited_by: Vec<Entry> = Vec::new();
    let mut seen: Vec<&ResolutionId> = Vec::new();
    for id in file.facts().identities.iter().filter_map(|identity| identity.id.as_ref()) {
        if !seen.contains(&id) {
            seen.push(id);
            cited_by.extend(citing(snapshot, id));
        }
    }
    Overview { cites: cited(snapshot, file), cited_by }
}

/// Who cites a resolution, in whatever version; a resolution that cites itself is left out.
pub fn citing(snapshot: &Snapshot, id: &ResolutionId) -> Vec<Entry> {
    let mut judged: HashMap<FileId, HashMap<TextRange, Overtaken>> = HashMap::new();
    let mut entries = Vec::new();
    snapshot.judge(snapshot.citing(id), &|| false);
    for call in calls::incoming(snapshot, id) {
        if call.item.id.as_ref() == Some(id) {
            continue;
        }
        let found = judged.entry(call.file).or_insert_with(|| overtaken(snapshot, call.file));
        let worst = call.citations.iter().filter_map(|range| found.get(range)).max().copied();
        let (state, words) = match worst {
            None => (State::InForce, None),
            Some(Overtaken::Since) => (State::RevisedSince, Some("cites a version that has been revised since")),
            Some(Overtaken::OutOfDate) => (State::Outdated, Some("cites what is out of date")),
        };
        let name = snapshot.file(call.file).map(|file| file.location.name()).unwrap_or_default();
        let mut lines = vec![call.item.name.clone(), call.item.detail.clone()];
        lines.extend(words.map(capital));
        lines.push(format!("Cites {id} {} in {name}", times(call.citations.len())));
        entries.push(Entry {
            detail: joined([words.unwrap_or_default(), &call.item.detail]),
            label: call.item.name,
            tooltip: paragraph(lines),
            state,
            id: call.item.id,
            version: call.item.version,
            places: call.citations.into_iter().map(|range| (call.file, range)).collect(),
            target: Some(call.item.place),
        });
    }
    entries
}

/// What makes two citations one entry.
type Key<'a> = (Option<&'a ResolutionId>, &'a str, Option<&'a Version>, bool);

fn cited(snapshot: &Snapshot, file: &File) -> Vec<Entry> {
    let facts = file.facts();
    let standings: HashMap<*const Citation, Standing> =
        facts.citations.iter().map(std::ptr::from_ref).zip(standings(snapshot, file.id)).collect();
    let overtaken = overtaken(snapshot, file.id);
    let findings = snapshot.findings(file.id);
    let messages: HashMap<TextRange, &str> = findings
        .iter()
        .filter(|finding| finding.rule.starts_with("citation/"))
        .map(|finding| (finding.range, finding.message.as_str()))
        .collect();
    let is_shown = |citation: &&Citation| {
        let paragraph = facts.document.paragraphs.get(citation.paragraph.index());
        let own = paragraph.and_then(|paragraph| identity_of(file, paragraph.resolution));
        let own = own.and_then(|identity| identity.id.as_ref());
        citation.side == Side::Amended && (citation.id.is_none() || citation.id.as_ref() != own)
    };
    let mut places: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for citation in once_each(facts.citations.iter().filter(is_shown)) {
        let standing = standings.get(&std::ptr::from_ref(citation)).copied().unwrap_or(Standing::NotInCatalogue);
        let range = judged_at(citation);
        let state = state(citation, standing, overtaken.get(&range).copied());
        let key = (citation.id.as_ref(), citation.number.as_str(), citation.version.as_ref(), citation.pinned);
        let place = *places.entry(key).or_insert(entries.len());
        match entries.get_mut(place) {
            Some(entry) if entry.state >= state => entry.places.push((file.id, citation.range)),
            Some(entry) => {
                let places = std::mem::take(&mut entry.places);
                *entry = of_cited(snapshot, file, citation, (state, standing), messages.get(&range).copied());
                entry.places = places;
                entry.places.push((file.id, citation.range));
            }
            None => {
                entries.push(of_cited(snapshot, file, citation, (state, standing), messages.get(&range).copied()));
            }
        }
    }
    for entry in &mut entries {
        entry.tooltip.push_str(&format!("\nCited {}", times(entry.places.len())));
    }
    entries
}

/// What became of what a citation names.
pub(super) fn state(citation: &Citation, standing: Standing, overtaken: Option<Overtaken>) -> State {
    match (standing, overtaken) {
        (Standing::Open, _) => State::Open,
        _ if citation.pinned => State::Pinned,
        (Standing::Abrogated, Some(Overtaken::OutOfDate)) => State::Abrogated,
        (_, Some(Overtaken::OutOfDate)) => State::Outdated,
        (Standing::InForce, None) => State::InForce,
        (Standing::Unknown | Standing::UnknownVersion | Standing::NotInCatalogue, _) => State::Unknown,
        (Standing::Proposed | Standing::NotYet, _) => State::Unknown,
        // What is abrogated and excused is meant.
        _ => State::RevisedSince,
    }
}

/// The entry of one citation, without how often it is cited.
fn of_cited(
    snapshot: &Snapshot,
    file: &File,
    citation: &Citation,
    (state, standing): (State, Standing),
    message: Option<&str>,
) -> Entry {
    let language = language_at(file.facts(), citation.range.start()).unwrap_or(Language::En);
    let words = words(snapshot, citation, state, standing, language);
    let Some(id) = &citation.id else {
        let lines = vec![citation.text.clone(), capital(&words), message.unwrap_or_default().to_owned()];
        return Entry {
            label: citation.text.clone(),
            detail: words,
            tooltip: paragraph(lines),
            state,
            id: None,
            version: citation.version.clone(),
            places: vec![(file.id, citation.range)],
            target: None,
        };
    };
    let version = citation.version.as_ref();
    let label = label(snapshot, citation, id, language);
    let title = snapshot.catalogue().title(id, version.map(String::as_str), language);
    let title = title.map(|title| title.text.trim()).unwrap_or_default();
    let body = body_name(id.body.split(' ').next().unwrap_or(&id.body), language).unwrap_or_default();
    let lines = vec![
        joined([&label, &id.at(version.map(String::as_str))]),
        title.to_owned(),
        body.to_owned(),
        message.map_or_else(|| capital(&words), str::to_owned),
    ];
    Entry {
        detail: joined([&words, &shortened(title)]),
        label,
        tooltip: paragraph(lines),
        state,
        id: Some(id.clone()),
        version: version.cloned(),
        places: vec![(file.id, citation.range)],
        target: of_citation(snapshot, file.facts(), citation),
    }
}

/// The resolution as the text would write it, with the version that is cited.
fn label(snapshot: &Snapshot, citation: &Citation, id: &ResolutionId, language: Language) -> String {
    let known = in_words(snapshot.catalogue(), id, citation.version.as_ref(), Some(language));
    let as_written = || {
        let version = citation.cited_version.as_ref().map(|cited| WrittenVersion {
            place: cited.place,
            year: cited.year,
            revised: cited.revised,
        });
        written(id, version, language)
    };
    capital(&known.unwrap_or_else(as_written))
}

/// What became of it, in a few words.
fn words(snapshot: &Snapshot, citation: &Citation, state: State, standing: Standing, language: Language) -> String {
    let Some(id) = &citation.id else { return open(citation) };
    let newer = || {
        let view = snapshot.catalogue().version_in_force(id, snapshot.today())?;
        if Some(view.version) == citation.version.as_ref() {
            return None;
        }
        let words = written_version(id, item::written_version(&view), language)?;
        Some(format!(" → {}", words.trim_matches(['(', ')', '（', '）', ' '])))
    };
    let status = snapshot.catalogue().status(id, snapshot.today());
    match (state, status) {
        (State::Pinned, _) => "pinned".to_owned(),
        (State::InForce, _) => "in force".to_owned(),
        (State::Open, _) => open(citation),
        (State::Unknown, _) => match standing {
            Standing::Proposed => "proposed, not known to be adopted",
            Standing::NotYet => "not adopted yet",
            Standing::Unknown => "there is none of this number",
            Standing::UnknownVersion => "there is no such version",
            _ if snapshot.is_reading() => "the workspace is still being read",
            _ if !snapshot.is_complete() => "reading the workspace was stopped",
            _ => "not in the catalogue",
        }
        .to_owned(),
        (State::RevisedSince | State::Outdated | State::Abrogated, status) => match status {
            Status::Abrogated { abrogation, .. } => match &abrogation.value.by {
                Some(by) => format!("abrogated by {by}"),
                None => "abrogated".to_owned(),
            },
            Status::NewerInSeries { newest, .. } => format!("newer: {}", written(newest, None, language)),
            Status::DraftAdopted { link } => format!("adopted as {}", written(&link.value.id, None, language)),
            _ => {
                let what = if state == State::RevisedSince { "revised since" } else { "out of date" };
                format!("{what}{}", newer().unwrap_or_default())
            }
        },
    }
}

fn open(citation: &Citation) -> String {
    let named: Vec<&str> = citation.candidates.iter().take(BODIES).map(String::as_str).collect();
    let more = if citation.candidates.len() > BODIES { "…" } else { "" };
    match named.is_empty() {
        true => "the body is left open".to_owned(),
        false => format!("the body is left open: {}{more}", named.join(", ")),
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// What is not empty, with a point between.
fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn paragraph(lines: Vec<String>) -> String {
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, _) = workspace(fixture);
        let overview = citations(&snapshot, file);
        let mut out = String::new();
        for (arrow, entries) in [("→", &overview.cites), ("←", &overview.cited_by)] {
            for entry in entries {
                let place = |place: &Destination| match place {
                    Destination::File { file, .. } => snapshot.file(*file).expect("loaded").location.name(),
                    Destination::Page { id, version } => format!("page {}", id.at(version.as_deref())),
                };
                let target = entry.target.as_ref().map_or("nowhere".to_owned(), place);
                let words =
                    entry.places.iter().map(|(file, range)| &snapshot.file(*file).expect("loaded").text()[*range]);
                let words: Vec<&str> = words.collect();
                out += &format!(
                    "{arrow} {} [{:?}] {}\n  to {target} from {words:?}\n",
                    entry.label, entry.state, entry.detail
                );
            }
        }
        expected.assert_eq(&out);
    }

    const PP: &str = "The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),";

    #[test]
    fn each_resolution_and_version_is_one_entry() {
        check(
            &format!(
                "//- a.resmark\n$0# Resolution 9001 (Bucharest, 2022)\n\n{PP}\n\n*recalling*\n\na) Resolution 140 (Rev. \
                 Busan, 2014) of this conference;\nb) Resolutions 9002 and 71 (Rev. Bucharest, 2022) of this \
                 conference;\nc) Resolution 140 (Rev. Busan, 2014) of this conference and Resolution 9001 (Bucharest, \
                 2022) of this conference;\nd) [Resolution 140 (Rev. Dubai, 2018)](=) of this conference;\ne) \
                 Resolution 609,\n//- b.resmark\n# Resolution 9002 (Rev. Bucharest, 2022)\n## Benches\n\n{PP}\n\n\
                 *recalling*\n\na) Resolution 9001 (Bucharest, 2022) of this conference,\n//- c.resmark\nNote on \
                 Resolution 9001 (Bucharest, 2022) of the Plenipotentiary Conference.\n"
            ),
            expect![[r#"
                → Resolution 140 (Rev. Busan, 2014) [Outdated] out of date → Rev. Bucharest, 2022 · ITU's role in implementing the outcomes of the World Summit on the Infor…
                  to page PP-140@2014 from ["Resolution 140 (Rev. Busan, 2014)", "Resolution 140 (Rev. Busan, 2014)"]
                → Resolution 9002 (Bucharest, 2022) [InForce] in force · Benches
                  to b.resmark from ["Resolutions 9002"]
                → Resolution 71 (Rev. Bucharest, 2022) [InForce] in force · 国际电联2020-2023年战略规划
                  to page PP-71@2022 from ["71 (Rev. Bucharest, 2022)"]
                → Resolution 140 (Rev. Dubai, 2018) [Pinned] pinned · ITU's role in implementing the outcomes of the World Summit on the Infor…
                  to page PP-140@2018 from ["Resolution 140 (Rev. Dubai, 2018)"]
                → Resolution 609 [Open] the body is left open: WRC, Council
                  to nowhere from ["Resolution 609"]
                ← Resolution 9002 (Rev. Bucharest, 2022) [InForce] PP-9002@2022 · Benches
                  to b.resmark from ["Resolution 9001 (Bucharest, 2022)"]
                ← c.resmark [InForce] 
                  to c.resmark from ["Resolution 9001 (Bucharest, 2022)"]
            "#]],
        );
    }

    #[test]
    fn what_became_of_it_is_said_in_words() {
        check(
            "*recalling*\n\na) General Assembly resolution 77/150;\nb) draft resolution A/78/L.49;\nc) Resolution 999 \
             (Bucharest, 2022) of the Plenipotentiary Conference;\nd) that Resolution 140 (Rev. Dubai, 2018) of the \
             Plenipotentiary Conference confirmed it,\n",
            expect![[r#"
                → General Assembly resolution 77/150 [RevisedSince] newer: General Assembly resolution 79/194 · Information and communications technologies for sustainable development
                  to page UNGA-77/150 from ["resolution 77/150"]
                → Draft resolution A/78/L.49 [Outdated] adopted as General Assembly resolution 78/265 · 抓住安全、可靠和值得信赖的人工智能系统带来的机遇，促进可持续发展
                  to page UNGA-A/78/L.49 from ["resolution A/78/L.49"]
                → Resolution 999 (Bucharest, 2022) [Unknown] there is none of this number
                  to nowhere from ["Resolution 999 (Bucharest, 2022)"]
                → Resolution 140 (Rev. Dubai, 2018) [RevisedSince] revised since → Rev. Bucharest, 2022 · ITU's role in implementing the outcomes of the World Summit on the Infor…
                  to page PP-140@2018 from ["Resolution 140 (Rev. Dubai, 2018)"]
            "#]],
        );
    }

    #[test]
    fn the_words_are_those_of_the_text() {
        check(
            "*忆及*\n\na) 第140号决议（2018年，迪拜，修订版）；\n",
            expect![[r#"
            → 第140号决议（2018年，迪拜，修订版） [Outdated] out of date → 2022年，布加勒斯特，修订版 · 国际电联在落实信息社会世界高峰会议成果和2030年可持续发展议程及其跟进和审查程序中的作用
              to page PP-140@2018 from ["第140号决议（2018年，迪拜，修订版）"]
        "#]],
        );
    }

    #[test]
    fn a_tooltip_says_what_to_do() {
        let (snapshot, file, _) = workspace(&format!(
            "# Resolution 9001 (Bucharest, 2022)\n\n{PP}\n\n*recalling*\n\na) Resolution 140 (Rev. Busan, 2014) of this \
             conference,\n"
        ));
        let overview = citations(&snapshot, file);
        expect![[r#"
            Resolution 140 (Rev. Busan, 2014) · PP-140@2014
            ITU's role in implementing the outcomes of the World Summit on the Information Society and in the overall review by United Nations General Assembly of their implementation
            Plenipotentiary Conference of the International Telecommunication Union
            This version of Resolution 140 was out of date when this text was written: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.
            Cited once"#]].assert_eq(&overview.cites[0].tooltip);
    }

    #[test]
    fn who_cites_an_old_version_is_marked() {
        check(
            &format!(
                "//- a.resmark\n$0# Resolution 9001 (Rev. Bucharest, 2022)\n\n{PP}\n\n*resolves*\n\n1. to go on.\n//- \
                 b.resmark\n# Resolution 9002 (Bucharest, 2022)\n\n{PP}\n\n*recalling*\n\na) Resolution 9001 (Dubai, \
                 2018) of this conference;\nb) Resolution 9001 (Rev. Bucharest, 2022) of this conference,\n"
            ),
            expect![[r#"
                ← Resolution 9002 (Bucharest, 2022) [Outdated] cites what is out of date · PP-9002@2022
                  to b.resmark from ["Resolution 9001 (Dubai, 2018)", "Resolution 9001 (Rev. Bucharest, 2022)"]
            "#]],
        );
    }
}
