//! How well an import tells the parts, the levels and the labels of 1,017 adopted texts of the United Nations, against
//! what another tool found in them. It skips, saying so, where the texts are not there.
//!
//! The other tool is often wrong, so every disagreement is judged: by a class below, whose predicate reads the other
//! tool's answers and the printed words but not ours, or by hand in `structure/judged.tsv`. What is left is ours. The page
//! `structure.md` explains the classes; this test keeps its figures true.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use resmark::convert::{Options, import};
use resmark::drafting::{Part, parts};
use resmark::syntax::{Document, ParagraphKind, Side, lower, parse};
use resmark_tests::{root, shared, skip};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A clause as the other tool found it.
struct Theirs {
    operative: bool,
    /// What its label looks like: 1 a number, 2 a letter, 3 a roman number, 4 two letters, 5 anything else.
    level: Option<u64>,
    label: Option<String>,
    /// Its first sixty characters.
    starts: String,
}

/// A paragraph as the import has it.
struct Ours {
    part: Part,
    level: usize,
    label: Option<String>,
    words: String,
    kind: ParagraphKind,
    /// Whether it is the acting organ of its resolution.
    enacting: bool,
    /// Whether it stands behind the heading of an annex.
    annexed: bool,
}

/// What two readings of a clause can disagree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Aspect {
    Type,
    Level,
    Label,
    /// The clause is no paragraph of its own in the import.
    Missing,
}

/// Who is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// The import is wrong.
    Ours,
    /// The other tool is wrong.
    Theirs,
    /// Both are right in their own terms.
    Convention,
}

/// A disagreement.
struct Difference {
    file: String,
    ordinal: usize,
    aspect: Aspect,
    class: String,
    verdict: Verdict,
}

fn texts(archive: &Path) -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let unpacked = Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(folder.path()).status();
    unpacked.is_ok_and(|status| status.success()).then_some(folder)
}

fn truth(line: &serde_json::Value) -> Vec<Theirs> {
    line["clauses"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|clause| Theirs {
            operative: clause["type"] == "operative",
            level: clause["level"].as_u64(),
            label: clause["label"].as_str().map(str::to_owned),
            starts: clause["starts"].as_str().unwrap_or_default().to_owned(),
        })
        .collect()
}

fn ours(text: &str) -> Vec<Ours> {
    let imported = import(text, &Options::default());
    let document: Document = lower(&imported.text, &parse(&imported.text));
    let parts = parts(&document);
    let mut annexed = false;
    document
        .iter()
        .zip(parts)
        .map(|((index, paragraph), part)| {
            let words = paragraph.views[Side::Amended].text.clone();
            match paragraph.kind {
                ParagraphKind::Title => annexed = false,
                _ if is_annex(&words) => annexed = true,
                _ => {}
            }
            let resolution = document.resolution(paragraph.resolution);
            Ours {
                part,
                level: usize::from(paragraph.level),
                label: paragraph.label.as_ref().and_then(|label| label.text[Side::Amended].clone()),
                enacting: resolution.enacting == Some(index),
                words,
                kind: paragraph.kind,
                annexed,
            }
        })
        .collect()
}

/// The heading of an annex, as these texts print it.
fn is_annex(words: &str) -> bool {
    let words = words.trim();
    words.chars().count() < 120
        && ["Annex", "ANNEX", "Appendix", "Enclosure"]
            .iter()
            .any(|word| words.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

/// The letters that a clause begins with, by which it is known again.
fn key(words: &str) -> String {
    const LETTERS: usize = 28;
    let letters: String =
        words.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(LETTERS).collect();
    if letters.is_empty() { words.chars().filter(|c| c.is_alphanumeric()).take(LETTERS).collect() } else { letters }
}

/// For each clause of theirs our paragraph that begins with the same words.
fn align(theirs: &[Theirs], ours: &[Ours]) -> Vec<Option<usize>> {
    let left: Vec<String> = theirs.iter().map(|clause| key(&clause.starts)).collect();
    let right: Vec<String> = ours.iter().map(|paragraph| key(&paragraph.words)).collect();
    let mut found = vec![None; left.len()];
    let mut taken = vec![false; right.len()];
    let labelled = |keys: &[String], labels: Vec<Option<String>>| -> Vec<(String, Option<String>)> {
        keys.iter().cloned().zip(labels).collect()
    };
    let all_left = labelled(&left, theirs.iter().map(|clause| core(clause.label.as_deref())).collect());
    let all_right = labelled(&right, ours.iter().map(|paragraph| core(paragraph.label.as_deref())).collect());
    for op in capture_diff_slices(Algorithm::Patience, &all_left, &all_right) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for at in 0..len {
                found[old_index + at] = Some(new_index + at);
                taken[new_index + at] = true;
            }
        }
    }
    // What is printed twice, or in another order, or shorter.
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, key) in right.iter().enumerate() {
        by_key.entry(key.as_str()).or_default().push(index);
    }
    for index in 0..left.len() {
        if found[index].is_some() {
            continue;
        }
        let near = found[..index].iter().rev().flatten().next().copied().unwrap_or(0);
        // A label that they took for a word.
        let behind = theirs[index].starts.split_once(char::is_whitespace).map(|(_, rest)| key(rest));
        let same = by_key.get(left[index].as_str()).into_iter().flatten().copied();
        let same = same.chain(behind.iter().filter_map(|key| by_key.get(key.as_str())).flatten().copied());
        let shorter = (near..right.len().min(near + 12)).filter(|at| {
            let (a, b) = (&left[index], &right[*at]);
            a.len().min(b.len()) >= 3 && (a.starts_with(b.as_str()) || b.starts_with(a.as_str()))
        });
        let best = same.chain(shorter).filter(|at| !taken[*at]).min_by_key(|at| at.abs_diff(near));
        if let Some(at) = best {
            found[index] = Some(at);
            taken[at] = true;
        }
    }
    found
}

/// The letters and digits of a label; `•` for every sign that does not count.
fn core(label: Option<&str>) -> Option<String> {
    let label = label?;
    let core: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(if core.is_empty() { "•".to_owned() } else { core })
}

/// How deep each clause of theirs stands by the order of its labels: what is not counted like anything that is open
/// stands below it. Clauses in digits stand at the top, and so do the headings of chapters: `I.`, `A.`
///
/// `opens` says which clauses without a label are clauses of their own, and `resets` before which one an annex, a chapter
/// or another resolution begins.
fn depths(theirs: &[Theirs], opens: impl Fn(usize) -> bool, resets: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut open: Vec<(Form, String)> = Vec::new();
    let mut depths = Vec::with_capacity(theirs.len());
    for (index, clause) in theirs.iter().enumerate() {
        if resets(index) {
            open.clear();
        }
        let Some(label) = &clause.label else {
            if opens(index) {
                open = vec![(Form::Verb, String::new())];
            }
            depths.push(0);
            continue;
        };
        let sign: String = label.chars().filter(|c| !c.is_alphanumeric() && !matches!(c, '\u{200e}' | '“')).collect();
        let form = Form::of(clause.level, label);
        let sign = if form == Form::Number { ".".to_owned() } else { sign };
        let family = (form, sign);
        match open.iter().position(|other| *other == family) {
            Some(at) => open.truncate(at + 1),
            None if matches!(form, Form::Number | Form::Chapter) => open = vec![family],
            None => open.push(family),
        }
        depths.push(open.len() - 1);
        if form == Form::Chapter {
            open.clear();
        }
    }
    depths
}

/// How a label counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// No label: the clause opens with its verb.
    Verb,
    Number,
    Letter,
    Roman,
    Chapter,
    Other,
}

impl Form {
    fn of(level: Option<u64>, label: &str) -> Form {
        let core: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
        let capital = !core.is_empty() && core.chars().all(|c| c.is_ascii_uppercase()) && label.ends_with('.');
        match level {
            _ if capital => Form::Chapter,
            // (aa) follows (z).
            Some(2 | 4) if !core.is_empty() => Form::Letter,
            Some(3) => Form::Roman,
            Some(1) => Form::Number,
            _ if !core.is_empty() && core.chars().all(|c| c.is_ascii_digit()) && !label.contains('(') => Form::Number,
            _ => Form::Other,
        }
    }
}

/// Documents of a kind that is no resolution, by the symbol that the file is named after: reports, notes, statements of
/// a president, bulletins, programmes, agreed conclusions.
fn is_no_resolution(file: &str) -> bool {
    const KINDS: [&str; 16] = [
        "A_51_",
        "A_79_",
        "A_HRC_PRST",
        "CEP_",
        "ECE_",
        "E_20",
        "E_CN_",
        "E_FFDF_",
        "E_HLS_",
        "HSP_",
        "S_19",
        "S_20",
        "S_PRST_",
        "ST_SGB_",
        "UNEP_GC_SS_X_",
        "A_80_",
    ];
    KINDS.iter().any(|kind| file.starts_with(kind))
}

fn first_word(words: &str) -> String {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    words.chars().take_while(|c| c.is_alphabetic()).collect()
}

/// Whether a clause opens with a verb of the operative part: a finite verb with a capital letter.
fn acts(words: &str) -> bool {
    const ADVERBS: [&str; 8] = ["Also", "Further", "Strongly", "Again", "Hereby", "Urgently", "Solemnly", "Firmly"];
    const VERBS: [&str; 46] = [
        "Accepts",
        "Acknowledges",
        "Adopts",
        "Affirms",
        "Agrees",
        "Appeals",
        "Appoints",
        "Approves",
        "Authorizes",
        "Calls",
        "Commends",
        "Concurs",
        "Condemns",
        "Congratulates",
        "Considers",
        "Decides",
        "Declares",
        "Demands",
        "Draws",
        "Emphasizes",
        "Encourages",
        "Endorses",
        "Establishes",
        "Expresses",
        "Instructs",
        "Invites",
        "Notes",
        "Proclaims",
        "Reaffirms",
        "Recalls",
        "Recognizes",
        "Recommends",
        "Reiterates",
        "Remains",
        "Requests",
        "Resolves",
        "Reminds",
        "Stresses",
        "Suggests",
        "Supports",
        "Takes",
        "Thanks",
        "Transmits",
        "Urges",
        "Welcomes",
        "Directs",
    ];
    let first = first_word(words);
    if ADVERBS.contains(&first.as_str()) {
        let rest = words[words.find(&first).unwrap_or(0) + first.len()..].trim_start();
        return VERBS.iter().any(|verb| first_word(rest).eq_ignore_ascii_case(verb));
    }
    VERBS.contains(&first.as_str())
}

/// Whether a line is the title of another resolution: `25/2. …`, `77 (V). …`
fn is_title(words: &str) -> bool {
    let digits = words.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < words.len()
        && digits.strip_prefix(" (").is_some_and(|rest| {
            rest.split_once("). ")
                .is_some_and(|(session, _)| session.chars().all(|c| c.is_ascii_uppercase() || c == '-'))
        })
}

/// Whether a line is one of a table of contents: it ends with the numbers of paragraphs and a page.
fn is_contents(words: &str) -> bool {
    let mut fields = words.trim_end().rsplit('\t');
    let number = |field: Option<&str>| {
        field.is_some_and(|field| {
            !field.is_empty() && field.chars().all(|c| c.is_ascii_digit() || matches!(c, '–' | '-' | ' '))
        })
    };
    let page = number(fields.next());
    page && number(fields.next())
}

/// Whether a line is the letter of a resolution's part.
fn is_part_letter(words: &str) -> bool {
    words.len() == 1 && words.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether what they take for the words begins with a sign of a list.
fn sign_in_words(words: &str) -> bool {
    words.starts_with(['♦', '∙', '•', '▪', '–', '\u{f0b7}'])
}

/// Whether a line names an organ that acts, and nothing more.
fn is_organ(words: &str) -> bool {
    const ORGANS: [&str; 9] =
        ["Assembly", "Council", "Commission", "Committee", "Conference", "Congress", "Board", "Assemblée", "Conseil"];
    let words = words.trim().trim_start_matches(['“', '"']);
    let starts = ["The ", "L’", "Le "].iter().any(|article| words.starts_with(article));
    words.chars().count() <= 120
        && ![" is ", " are ", " shall "].iter().any(|verb| words.contains(verb))
        && starts
        && (words.ends_with([',', '.', ':']) || words.split_whitespace().count() <= 5)
        && ORGANS.iter().any(|organ| words.contains(organ))
}

/// What is read of a text to judge a disagreement in it.
struct Case<'a> {
    file: &'a str,
    theirs: &'a [Theirs],
    ours: &'a [Ours],
    found: &'a [Option<usize>],
    depths: &'a [usize],
}

impl Case<'_> {
    /// Whether, by their own answers, the operative part has begun in the resolution that the clause stands in.
    fn is_behind_operative(&self, index: usize) -> bool {
        let first = (0..index).rev().find(|at| {
            self.found[*at].is_some_and(|here| is_organ(&self.ours[here].words)) || self.new_resolution(*at)
        });
        self.theirs[first.map_or(0, |at| at + 1)..index].iter().any(|before| {
            (before.operative && before.level == Some(1)) || (before.label.is_none() && acts(&before.starts))
        })
    }

    fn new_resolution(&self, index: usize) -> bool {
        let title = |at: usize| self.ours[at].kind == ParagraphKind::Title;
        let (Some(here), before) = (self.found[index], index.checked_sub(1).and_then(|before| self.found[before]))
        else {
            return false;
        };
        before.is_some_and(|before| before < here && (before..here).any(title))
    }

    /// Whether a paragraph without a label, which is no clause and so has no sub-clauses, announces the list that our
    /// paragraph at `at` stands in.
    fn is_announced_by_no_clause(&self, at: usize) -> bool {
        let before = self.ours[..at].iter().rev().find(|paragraph| paragraph.label.is_none());
        let words = before.map(|paragraph| paragraph.words.trim_end()).unwrap_or_default();
        self.ours[at].level == 0
            && before.is_some_and(|paragraph| paragraph.kind == ParagraphKind::Text)
            && (words.ends_with(':') || words.chars().count() <= 120)
    }

    /// The class of a disagreement that needs no judgement by hand.
    fn class(&self, index: usize, aspect: Aspect) -> Option<(&'static str, Verdict)> {
        let clause = &self.theirs[index];
        if is_title(&clause.starts) {
            return Some(("title", Verdict::Theirs));
        }
        let at = self.found[index]?;
        let paragraph = &self.ours[at];
        if is_contents(&paragraph.words) {
            return Some(("contents", Verdict::Theirs));
        }
        match aspect {
            Aspect::Missing => None,
            Aspect::Label => {
                if matches!(paragraph.kind, ParagraphKind::Subject | ParagraphKind::Title) {
                    Some(("title", Verdict::Theirs))
                } else if clause.label.is_none() && sign_in_words(&clause.starts) {
                    Some(("label-not-read", Verdict::Theirs))
                } else {
                    None
                }
            }
            Aspect::Level => {
                let label = clause.label.as_deref().unwrap_or_default();
                let doubled = clause.level == Some(4) && label.chars().filter(|c| c.is_alphabetic()).count() == 2;
                let number = Form::of(clause.level, label) == Form::Number;
                if matches!(paragraph.kind, ParagraphKind::Subject | ParagraphKind::Title) {
                    Some(("title", Verdict::Theirs))
                } else if (clause.label.is_none() && sign_in_words(&clause.starts))
                    || (clause.level == Some(5) && number && paragraph.level == 0)
                {
                    Some(("label-not-read", Verdict::Theirs))
                } else if doubled {
                    Some(("letters-behind-z", Verdict::Theirs))
                } else if clause.level == Some(5) && core(Some(label)).as_deref() == Some("•") {
                    Some(("bullet", Verdict::Convention))
                } else if self.depths[index] == paragraph.level {
                    Some(("form-of-label", Verdict::Convention))
                } else if self.is_announced_by_no_clause(at) {
                    Some(("below-no-clause", Verdict::Convention))
                } else {
                    None
                }
            }
            Aspect::Type if is_part_letter(&clause.starts) => Some(("part-letter", Verdict::Theirs)),
            Aspect::Type if is_organ(&clause.starts) || (paragraph.enacting && is_organ(&paragraph.words)) => {
                Some(("acting-organ", Verdict::Convention))
            }
            Aspect::Type if paragraph.annexed && paragraph.part == Part::Other => Some(("annex", Verdict::Convention)),
            Aspect::Type if paragraph.part == Part::Other && is_no_resolution(self.file) => {
                Some(("no-resolution", Verdict::Theirs))
            }
            Aspect::Type if matches!(paragraph.kind, ParagraphKind::Subject | ParagraphKind::Title) => {
                Some(("title", Verdict::Theirs))
            }
            Aspect::Type if clause.level != Some(1) && acts(&clause.starts) && !clause.operative => {
                Some(("verb-without-number", Verdict::Theirs))
            }
            Aspect::Type
                if !clause.operative
                    && paragraph.part == Part::Operative
                    && !is_no_resolution(self.file)
                    && self.is_behind_operative(index) =>
            {
                Some(("behind-the-first-operative-clause", Verdict::Theirs))
            }
            Aspect::Type => None,
        }
    }
}

/// The disagreements judged by hand: file, ordinals, aspect, class, verdict.
fn by_hand() -> HashMap<(String, usize, Aspect), (String, Verdict)> {
    let table = std::fs::read_to_string(root().join("tests/structure/judged.tsv")).unwrap();
    let mut judged = HashMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [file, ordinals, aspect, class, verdict] = fields[..] else { panic!("judged.tsv: {line}") };
        let aspect = match aspect {
            "type" => Aspect::Type,
            "level" => Aspect::Level,
            "label" => Aspect::Label,
            "missing" => Aspect::Missing,
            other => panic!("judged.tsv: {other}"),
        };
        let verdict = match verdict {
            "ours" => Verdict::Ours,
            "theirs" => Verdict::Theirs,
            "convention" => Verdict::Convention,
            other => panic!("judged.tsv: {other}"),
        };
        for range in ordinals.split(',') {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            for ordinal in first.parse::<usize>().unwrap()..=last.parse::<usize>().unwrap() {
                judged.insert((file.to_owned(), ordinal, aspect), (class.to_owned(), verdict));
            }
        }
    }
    judged
}

/// `3,5-7`.
fn ranges(numbers: &BTreeSet<usize>) -> String {
    let mut result = String::new();
    let mut numbers = numbers.iter().copied().peekable();
    while let Some(first) = numbers.next() {
        let mut last = first;
        while let Some(next) = numbers.next_if(|next| *next == last + 1) {
            last = next;
        }
        if !result.is_empty() {
            result.push(',');
        }
        let _ = if first == last { write!(result, "{first}") } else { write!(result, "{first}-{last}") };
    }
    result
}

#[test]
fn parts_levels_and_labels_of_adopted_texts() {
    const NAME: &str = "parts_levels_and_labels_of_adopted_texts";
    let Some(archive) = shared().map(|shared| shared.join("corpus/un.tar.xz")).filter(|file| file.is_file()) else {
        return skip(NAME, "there is no corpus");
    };
    let Some(folder) = texts(&archive) else { return skip(NAME, "tar and xz are not installed") };
    let folder = folder.path().join("un");
    let lines = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    let hand = by_hand();
    let mut differences: Vec<Difference> = Vec::new();
    let show = std::env::var("RESMARK_SHOW").ok();
    let (mut clauses, mut agree) = (0usize, [0usize; 4]);
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        let text = String::from_utf8_lossy(&std::fs::read(folder.join(file)).unwrap()).into_owned();
        let file = file.trim_end_matches(".txt");
        let (theirs, ours) = (truth(&line), ours(&text));
        let found = align(&theirs, &ours);
        let opens = |index: usize| {
            found[index].is_some_and(|at: usize| ours[at].kind == ParagraphKind::Clause && ours[at].level == 0)
        };
        let resets = |index: usize| {
            let before = found[..index].iter().rev().flatten().next().copied();
            found[index].is_some_and(|here: usize| {
                (before.map_or(0, |before: usize| before + 1)..here).any(|at| {
                    let heading = [ParagraphKind::Title, ParagraphKind::DivisionHeading, ParagraphKind::SectionHeading];
                    heading.contains(&ours[at].kind) || is_annex(&ours[at].words)
                }) || is_annex(&theirs[index].starts)
            })
        };
        let depths = depths(&theirs, opens, resets);
        let case = Case { file, theirs: &theirs, ours: &ours, found: &found, depths: &depths };
        clauses += theirs.len();
        for (index, clause) in theirs.iter().enumerate() {
            let mut aspects = Vec::new();
            match found[index].map(|at| &ours[at]) {
                None => aspects.push(Aspect::Missing),
                Some(paragraph) => {
                    let part = if clause.operative { Part::Operative } else { Part::Preamble };
                    let level = match clause.level {
                        None => paragraph.label.is_none(),
                        Some(level) => paragraph.label.is_some() && paragraph.level as u64 + 1 == level,
                    };
                    let label = core(clause.label.as_deref()) == core(paragraph.label.as_deref());
                    let checks =
                        [(paragraph.part == part, Aspect::Type), (level, Aspect::Level), (label, Aspect::Label)];
                    for (count, (right, aspect)) in checks.into_iter().enumerate() {
                        agree[count] += usize::from(right);
                        if !right {
                            aspects.push(aspect);
                        }
                    }
                }
            }
            agree[3] += usize::from(aspects.is_empty());
            for aspect in aspects {
                let judged = hand
                    .get(&(file.to_owned(), index, aspect))
                    .cloned()
                    .or_else(|| case.class(index, aspect).map(|(class, verdict)| (class.to_owned(), verdict)));
                let (class, verdict) = judged.unwrap_or_else(|| ("not-judged".to_owned(), Verdict::Ours));
                if show.as_deref() == Some(class.as_str()) {
                    // For whoever judges: the words are printed and never kept.
                    let ours = found[index].map(|at| &ours[at]);
                    let ours = ours.map(|ours| (ours.part, ours.level, ours.label.clone(), ours.kind));
                    let theirs = (clause.operative, clause.level, &clause.label);
                    println!("{file}\t{index}\t{aspect:?}\t{theirs:?}\t{ours:?}\t{}\t{}", depths[index], clause.starts);
                }
                differences.push(Difference { file: file.to_owned(), ordinal: index, aspect, class, verdict });
            }
        }
    }
    // A clause is judged by its worst disagreement.
    let mut worst: BTreeMap<(&str, usize), Verdict> = BTreeMap::new();
    for difference in &differences {
        let verdict = worst.entry((difference.file.as_str(), difference.ordinal)).or_insert(difference.verdict);
        *verdict = (*verdict).min(difference.verdict);
    }
    let of = |verdict: Verdict| worst.values().filter(|other| **other == verdict).count();
    let (wrong, theirs, convention) = (of(Verdict::Ours), of(Verdict::Theirs), of(Verdict::Convention));
    let percent = |part: usize, whole: usize| format!("{:.2} %", part as f64 * 100.0 / whole as f64);
    let mut figures = String::new();
    let _ = writeln!(figures, "| | clauses | of all |\n| --- | ---: | ---: |");
    for (name, count) in [
        ("clauses that the other tool found", clauses),
        ("same type", agree[0]),
        ("same level", agree[1]),
        ("same label", agree[2]),
        ("same in all three", agree[3]),
        ("differ: a matter of convention", convention),
        ("differ: the other tool is wrong", theirs),
        ("differ: the import is wrong", wrong),
    ] {
        let _ = writeln!(figures, "| {name} | {count} | {} |", percent(count, clauses));
    }
    let right = agree[3] + wrong;
    let _ = writeln!(
        figures,
        "\nWhere the other tool is right in the same terms, **{}** of {right} clauses agree in all three; with the conventions\ncounted as agreement, {} of {}.",
        percent(agree[3], right),
        percent(agree[3] + convention, right + convention),
        right + convention
    );
    let mut classes: BTreeMap<(Verdict, &str, Aspect), BTreeMap<&str, BTreeSet<usize>>> = BTreeMap::new();
    for difference in &differences {
        let files = classes.entry((difference.verdict, difference.class.as_str(), difference.aspect)).or_default();
        files.entry(difference.file.as_str()).or_default().insert(difference.ordinal);
    }
    let _ = writeln!(figures, "\n| class | on | clauses | texts | who is right |\n| --- | --- | ---: | ---: | --- |");
    let mut list = String::from("verdict\tclass\ton\ttext\tclauses, counted from 0 in the order of truth.jsonl\n");
    for ((verdict, class, aspect), files) in &classes {
        let who = match verdict {
            Verdict::Ours => "the other tool",
            Verdict::Theirs => "the import",
            Verdict::Convention => "both",
        };
        let aspect = format!("{aspect:?}").to_lowercase();
        let count: usize = files.values().map(BTreeSet::len).sum();
        let _ = writeln!(figures, "| `{class}` | {aspect} | {count} | {} | {who} |", files.len());
        for (file, ordinals) in files {
            let _ = writeln!(list, "{verdict:?}\t{class}\t{aspect}\t{file}\t{}", ranges(ordinals));
        }
    }
    println!("{figures}");
    assert!(agree[3] * 1000 >= right * 995, "{} of {right}", agree[3]);
    let page = root().join("tests/structure.md");
    let list_file = root().join("tests/structure/disagreements.tsv");
    let old = std::fs::read_to_string(&page).unwrap();
    let (start, end) = ("<!-- figures -->\n", "<!-- end of figures -->");
    let from = old.find(start).unwrap() + start.len();
    let to = old.find(end).unwrap();
    let new = format!("{}\n{figures}\n{}", &old[..from], &old[to..]);
    if std::env::var_os("RESMARK_UPDATE").is_some() {
        std::fs::write(&page, &new).unwrap();
        std::fs::write(&list_file, &list).unwrap();
        return;
    }
    let advice = "the figures have changed: judge what is new, then run this test with RESMARK_UPDATE=1";
    assert_eq!(old, new, "{advice}");
    assert_eq!(std::fs::read_to_string(&list_file).unwrap(), list, "{advice}");
}
