//! Everything measured at once, and the report about it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use resmark::syntax::Side;

use super::expected::{self, Difference};
use super::links::{self, Compared, Judged, Outcome};
use super::sample;
use super::scan::{self, Unread};
use super::texts::{Collection, Form, Reading, read_all};

/// What was read and compared.
#[derive(Debug, Default)]
pub struct Measured {
    /// Every text, in both shapes.
    pub readings: Vec<Reading>,
    /// The links of the other tool, by the shape in which the texts were read.
    pub links: Vec<(Form, Vec<Compared>)>,
    /// Collections that are not there, and why.
    pub skipped: Vec<String>,
}

/// Reads and compares all there is.
pub fn measure() -> Measured {
    let mut measured = Measured::default();
    for collection in Collection::ALL {
        match collection.texts() {
            Ok(texts) => {
                measured.readings.extend(Form::ALL.into_iter().flat_map(|form| read_all(&texts, form)));
            }
            Err(why) => measured.skipped.push(format!("{}: {why}", collection.name())),
        }
    }
    match links::all() {
        Ok(all) => {
            measured.links = Form::ALL.map(|form| (form, measured.compare(&all, form))).into();
        }
        Err(why) => measured.skipped.push(format!("links: {why}")),
    }
    measured
}

impl Measured {
    /// The readings of a collection in one shape.
    pub fn of(&self, collection: Collection, form: Form) -> impl Iterator<Item = &Reading> {
        self.readings.iter().filter(move |reading| reading.collection == collection && reading.form == form)
    }

    fn compare(&self, links: &[links::Link], form: Form) -> Vec<Compared> {
        let mut by_file: BTreeMap<&str, Vec<links::Link>> = BTreeMap::new();
        for link in links {
            by_file.entry(&link.file).or_default().push(link.clone());
        }
        let readings = self.of(Collection::Un, form);
        readings
            .flat_map(|reading| {
                let links = by_file.get(reading.file.as_str()).map_or(&[][..], Vec::as_slice);
                links::compare(links, reading, Side::Amended)
            })
            .collect()
    }
}

/// What the links come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Links {
    /// All links of the other tool.
    pub all: usize,
    /// Links to what is no resolution, decision or draft; and links on words that cite none.
    pub none: usize,
    /// Links on a text's own title.
    pub own: usize,
    /// Links that are citations: the rest.
    pub citations: usize,
    /// Those of them where a citation is read.
    pub found: usize,
    /// Those where it is the right one: what the other tool says, or what a person says against it.
    pub right: usize,
    /// Of these, where the other tool is wrong.
    pub theirs_wrong: usize,
    /// Those where the body is left open.
    pub open: usize,
}

/// The verdict on a disagreement, if there is one.
fn verdict<'a>(judged: &'a [Judged], compared: &Compared) -> Option<&'a Judged> {
    let read = compared.disagreement()?;
    judged.iter().find(|row| row.file == compared.link.file && row.symbol == compared.link.symbol && row.read == read)
}

/// Counts the links.
pub fn count(compared: &[Compared]) -> Links {
    let judged = links::judged();
    let mut links = Links { all: compared.len(), ..Links::default() };
    for compared in compared {
        let right = verdict(&judged, compared).is_some_and(|judged| judged.right);
        match &compared.outcome {
            Outcome::NoResolution => links.none += 1,
            Outcome::OwnTitle => links.own += 1,
            Outcome::Missed | Outcome::NotThere if right => links.none += 1,
            Outcome::Missed | Outcome::NotThere => links.citations += 1,
            found => {
                links.citations += 1;
                links.found += 1;
                links.open += usize::from(*found == Outcome::Open);
                links.theirs_wrong += usize::from(right);
                links.right += usize::from(right || *found == Outcome::Same);
            }
        }
    }
    links
}

/// A disagreement that nobody judged, or that was judged ours.
pub fn ours(compared: &[Compared]) -> Vec<(&Compared, String)> {
    let judged = links::judged();
    let mut ours = Vec::new();
    for compared in compared {
        let Some(read) = compared.disagreement() else { continue };
        match verdict(&judged, compared) {
            Some(judged) if judged.right => {}
            Some(judged) => ours.push((compared, format!("{read} ({})", judged.class))),
            None => ours.push((compared, format!("{read} (not judged)"))),
        }
    }
    ours
}

/// What a person sees in the seeds and what is read, for each text, shape and reading.
pub fn seeds(measured: &Measured) -> Vec<(&Reading, Side, Difference)> {
    let expected = expected::expected();
    let mut all = Vec::new();
    for form in Form::ALL {
        for reading in measured.of(Collection::Seeds, form) {
            if expected::comparable(&expected, &reading.file, form) {
                for side in [Side::InForce, Side::Amended] {
                    all.push((reading, side, expected::compare(&expected, reading, side)));
                }
            }
        }
    }
    all
}

/// What the sample comes to: judged right, judged wrong, not judged, and rows that are read otherwise than judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// Rows that a person found right and that are still read so.
    pub right: usize,
    /// Rows that a person found wrong, and why.
    pub wrong: Vec<String>,
    /// Rows without a verdict.
    pub open: usize,
    /// Rows found right that are read otherwise now.
    pub changed: Vec<String>,
}

/// Looks the sample of some collections up in what is read now.
pub fn sampled(measured: &Measured, of: impl Fn(&str) -> bool) -> Sample {
    let mut sample = Sample::default();
    for row in sample::judged().into_iter().filter(|row| of(&row.collection)) {
        let now = sample::now(&row, &measured.readings);
        let name = format!("{} {} ({}): {}", row.file, row.words, row.nth, row.read);
        let same = now.iter().any(|now| (&now.words, &now.read) == (&row.words, &row.read));
        match row.verdict.as_str() {
            "right" if same => sample.right += 1,
            "right" => {
                let now: Vec<String> = now.iter().map(|now| format!("{} {}", now.words, now.read)).collect();
                sample.changed.push(format!("{name}, now: {}", now.join("; ")));
            }
            "" => sample.open += 1,
            // What was wrong and is read otherwise has to be judged anew.
            _ if same => sample.wrong.push(format!("{name}: {}", row.what)),
            _ => sample.open += 1,
        }
    }
    sample
}

/// The numbers that no citation has, for each collection and shape: how many were searched, and the rest.
pub fn scanned(measured: &Measured) -> Vec<(Collection, Form, usize, Vec<Unread>)> {
    let mut all = Vec::new();
    for collection in Collection::ALL {
        for form in Form::ALL {
            let (mut searched, mut unread) = (0, Vec::new());
            for reading in measured.of(collection, form) {
                for side in [Side::InForce, Side::Amended] {
                    let (count, rest) = scan::scan(reading, side);
                    // The readings of most texts are the same.
                    if side == Side::Amended || reading.document.paragraphs.iter().any(|one| one.is_tracked()) {
                        searched += count;
                        unread.extend(rest);
                    }
                }
            }
            all.push((collection, form, searched, unread));
        }
    }
    all
}

/// Of 100, with two decimals.
fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.2} %", part as f64 * 100.0 / whole as f64) }
}

/// The summary, a few lines.
pub fn summary(measured: &Measured) -> String {
    let mut text = String::new();
    for (form, compared) in &measured.links {
        let links = count(compared);
        let _ = writeln!(
            text,
            "links, {}: {} of {} citations found ({}), {} of the found right ({}), {} open; {} where the other tool is \
             wrong, {} own titles, {} no citations",
            form.name(),
            links.found,
            links.citations,
            percent(links.found, links.citations),
            links.right,
            percent(links.right, links.found),
            links.open,
            links.theirs_wrong,
            links.own,
            links.none,
        );
    }
    for (name, un) in [("un", true), ("seeds and acts", false)] {
        let sample = sampled(measured, |collection| (collection == "un") == un);
        let _ = writeln!(
            text,
            "sample, {name}: {} right, {} wrong, {} to judge, {} changed since",
            sample.right,
            sample.wrong.len(),
            sample.open,
            sample.changed.len()
        );
    }
    for (reading, side, difference) in seeds(measured) {
        let _ = writeln!(
            text,
            "{}, {}, {}: {} expected, {} missing, {} unexpected",
            reading.file,
            reading.form.name(),
            side.name(),
            difference.expected,
            difference.missing.len(),
            difference.unexpected.len()
        );
    }
    for (collection, form, searched, unread) in scanned(measured) {
        let read = searched - unread.len();
        let _ = writeln!(
            text,
            "scan, {}, {}: {read} of {searched} numbers stand in a citation",
            collection.name(),
            form.name()
        );
    }
    for skipped in &measured.skipped {
        let _ = writeln!(text, "skipped: {skipped}");
    }
    text
}

/// The whole report, in Markdown: the summary, and every miss by class.
pub fn report(measured: &Measured) -> String {
    let mut text =
        String::from("# How well citations are read\n\nWhat counts as true is said in `tests/accuracy.md`.\n\n");
    for line in summary(measured).lines() {
        let _ = writeln!(text, "- {line}");
    }
    for (form, compared) in &measured.links {
        let _ = writeln!(text, "\n## Links that are read otherwise: {}\n", form.name());
        for (compared, read) in ours(compared) {
            let links::Link { file, words, symbol, clause } = &compared.link;
            let _ = writeln!(text, "- {file}: “{words}” → {symbol}, read as {read} in “{clause}”");
        }
    }
    let _ = writeln!(text, "\n## The sample\n");
    let sample = sampled(measured, |_| true);
    sample.wrong.iter().for_each(|line| _ = writeln!(text, "- wrong: {line}"));
    sample.changed.iter().for_each(|line| _ = writeln!(text, "- changed: {line}"));
    let _ = writeln!(text, "\n## The seeds\n");
    for (reading, side, difference) in seeds(measured) {
        for (what, ids) in [("missing", &difference.missing), ("unexpected", &difference.unexpected)] {
            if !ids.is_empty() {
                let (form, side) = (reading.form.name(), side.name());
                let _ = writeln!(text, "- {}, {form}, {side}, {what}: {}", reading.file, ids.join(", "));
            }
        }
    }
    for (collection, form, _, unread) in scanned(measured) {
        let mut by_pattern: BTreeMap<&str, Vec<&Unread>> = BTreeMap::new();
        unread.iter().for_each(|one| by_pattern.entry(one.pattern).or_default().push(one));
        for (pattern, unread) in by_pattern {
            let _ = writeln!(
                text,
                "\n## Numbers in no citation: {}, {}, {pattern} ({})\n",
                collection.name(),
                form.name(),
                unread.len()
            );
            unread.iter().for_each(|one| _ = writeln!(text, "- {}: {}", one.file, one.context.replace('\n', " ")));
        }
    }
    text
}

/// Every citation with the words around it, a line each, tab-separated: to be searched and sorted.
pub fn citations(measured: &Measured) -> String {
    let mut text = String::from("collection\tfile\tshape\treading\tnumber\tnth\tread as\treason\twords\tcontext\n");
    for reading in &measured.readings {
        for citation in &reading.citations {
            let row = sample::row(reading, citation);
            let side = if citation.in_both { "both" } else { citation.side.name() };
            let _ = writeln!(
                text,
                "{}\t{}\t{}\t{side}\t{}\t{}\t{}\t{}\t{}\t{}",
                row.collection,
                row.file,
                reading.form.name(),
                row.number,
                row.nth,
                row.read,
                citation.body_reason.as_deref().unwrap_or_default(),
                row.words,
                sample::context(reading, citation, citation.side),
            );
        }
    }
    text
}
