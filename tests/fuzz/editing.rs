//! Edits at random: what is read again after an edit is what is read from nothing, trees, facts and findings alike, in the
//! text itself and in those that cite it.

use std::fmt::Write;

use fastrand::Rng;
use jiff::civil::date;
use resmark::facts::Facts;
use resmark::syntax::{TextRange, TextSize};
use resmark::workspace::{FileId, Location, Reading, Snapshot, Workspace};
use serde::{Deserialize, Serialize};

use crate::driver::Target;
use crate::texts::{at, place, text, typed};

pub struct Editing;

/// Texts, and what is done to them: between two rounds somebody looks.
#[derive(Serialize, Deserialize)]
pub struct Input {
    texts: Vec<String>,
    rounds: Vec<Vec<Step>>,
}

/// Something done to one of the texts.
#[derive(Serialize, Deserialize)]
struct Step {
    text: usize,
    /// Where it begins and ends, as [`at`] says.
    one: u16,
    other: u16,
    put: String,
    /// What kind of step it is: an edit, or now and then something else.
    kind: Kind,
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq)]
enum Kind {
    /// An edit of a stretch.
    Edit,
    /// One that goes on with the one before it.
    GoesOn,
    /// An edit that is taken back at once.
    Undone,
    /// The whole text is replaced.
    Replace,
    /// The editor closes the document, which is no file, and opens it again.
    Reopen,
}

impl Target for Editing {
    type Input = Input;
    const CASES: usize = 260;

    fn make(random: &mut Rng, large: bool) -> Input {
        let texts: Vec<String> = (0..random.usize(1..4)).map(|_| text(random, large)).collect();
        let mut last = place(random);
        let mut step = |random: &mut Rng| {
            // Who types goes on near where he was.
            let one = if random.u8(..3) > 0 { last.saturating_add(random.u16(..100)) } else { place(random) };
            last = one;
            let other = if random.u8(..4) == 0 { place(random) } else { one.saturating_add(random.u16(..200)) };
            let kind = match random.u8(..40) {
                0 => Kind::Replace,
                1 => Kind::Reopen,
                2 | 3 => Kind::Undone,
                4..8 => Kind::GoesOn,
                _ => Kind::Edit,
            };
            let put = if kind == Kind::Replace { text(random, false) } else { typed(random) };
            let other = if random.bool() { one } else { other };
            Step { text: random.usize(..3), one, other, put, kind }
        };
        let rounds = (0..random.usize(1..9)).map(|_| (0..random.usize(1..4)).map(|_| step(random)).collect()).collect();
        Input { texts, rounds }
    }

    fn check(input: &Input) -> Result<(), String> {
        let mut workspace = Workspace::new(TODAY);
        let mut models: Vec<String> = input.texts.clone();
        let mut ids = Vec::new();
        for (index, text) in models.iter().enumerate() {
            ids.push(workspace.open(location(index), 1, text).map_err(|problem| problem.to_string())?);
        }
        compare(&workspace.snapshot(), &ids, &models)?;
        for round in &input.rounds {
            for step in round {
                let index = step.text % models.len().max(1);
                let (Some(model), Some(id)) = (models.get_mut(index), ids.get_mut(index)) else { continue };
                apply(&mut workspace, id, model, step, index)?;
            }
            compare(&workspace.snapshot(), &ids, &models)?;
        }
        Ok(())
    }
}

const TODAY: jiff::civil::Date = date(2025, 6, 1);

fn location(index: usize) -> Location {
    Location::Uri(format!("untitled:{index}").into())
}

fn apply(
    workspace: &mut Workspace,
    id: &mut FileId,
    model: &mut String,
    step: &Step,
    index: usize,
) -> Result<(), String> {
    let (one, other) = (at(model, step.one), at(model, step.other));
    let (start, end) = (one.min(other), one.max(other));
    let range = |start: usize, end: usize| TextRange::new(TextSize::new(start as u32), TextSize::new(end as u32));
    let before = model.clone();
    match step.kind {
        Kind::Edit | Kind::GoesOn | Kind::Undone => {
            if step.kind == Kind::GoesOn {
                workspace.goes_on(*id);
            }
            workspace.edit(*id, range(start, end), &step.put).map_err(|problem| problem.to_string())?;
            model.replace_range(start..end, &step.put);
            if step.kind == Kind::Undone {
                let back = workspace.edit(*id, range(start, start + step.put.len()), &before[start..end]);
                back.map_err(|problem| problem.to_string())?;
                *model = before;
            }
        }
        Kind::Replace => {
            workspace.replace(*id, &step.put).map_err(|problem| problem.to_string())?;
            model.clone_from(&step.put);
        }
        Kind::Reopen => {
            workspace.close(*id);
            *id = workspace.open(location(index), 2, model).map_err(|problem| problem.to_string())?;
        }
    }
    match workspace.rope(*id) {
        Some(rope) if *rope == model.as_str() => Ok(()),
        Some(rope) => Err(format!("the text is not what was typed\n{rope:?}\ninstead of\n{model:?}")),
        None => Err("a document is gone".to_owned()),
    }
}

/// What the workspace says, beside what one says that has never seen another text.
fn compare(edited: &Snapshot, ids: &[FileId], models: &[String]) -> Result<(), String> {
    let mut fresh = Workspace::new(TODAY);
    for (index, text) in models.iter().enumerate() {
        fresh.open(location(index), 1, text).map_err(|problem| problem.to_string())?;
    }
    let fresh = fresh.snapshot();
    for (index, id) in ids.iter().enumerate() {
        let (Some(one), Some(other)) = (edited.file(*id), fresh.file_in(&location(index))) else {
            return Err("a document is gone".to_owned());
        };
        if one.text() != other.text() {
            return Err(format!("the text differs\n{:?}\ninstead of\n{:?}", one.text(), other.text()));
        }
        if one.reading().failed {
            return Err("reading it failed".to_owned());
        }
        same("the tree", &nodes(one.reading()), &nodes(other.reading()))?;
        for ((what, one), (_, other)) in said(one.facts()).iter().zip(&said(other.facts())) {
            same(what, one, other)?;
        }
        let said = |snapshot: &Snapshot, id| format!("{:#?}", snapshot.findings(id));
        same("the findings", &said(edited, *id), &said(&fresh, other.id))?;
    }
    Ok(())
}

/// What is read of a text, in words.
fn said(facts: &Facts) -> [(&'static str, String); 8] {
    let Facts { document, identities, citations, provisions, numbering, references, parts, excuses, .. } = facts;
    [
        ("the document", format!("{document:#?}")),
        ("the identities", format!("{identities:#?}")),
        ("the citations", format!("{citations:#?}")),
        ("the provisions", format!("{provisions:#?}")),
        ("the numbering", format!("{numbering:#?}")),
        ("the references", format!("{references:#?}")),
        ("the parts", format!("{parts:#?}")),
        ("the excuses", format!("{excuses:#?}")),
    ]
}

/// The first line in which two descriptions differ, with some before it.
fn same(what: &str, edited: &str, fresh: &str) -> Result<(), String> {
    if edited == fresh {
        return Ok(());
    }
    let line = edited.lines().zip(fresh.lines()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.lines().skip(line.saturating_sub(6)).take(12).collect::<Vec<_>>().join("\n");
    Err(format!(
        "{what}, read again, is not what is read from nothing\nread again, around line {line}:\n{}\nfrom nothing:\n{}",
        around(edited),
        around(fresh)
    ))
}

/// Every node of a tree with its field and its place. Not recursive: trees may be deep.
pub fn nodes(reading: &Reading) -> String {
    let mut out = String::new();
    let mut cursor = reading.tree.walk();
    let mut depth = 0;
    loop {
        let node = cursor.node();
        let field = cursor.field_name().unwrap_or_default();
        let (start, end) = (node.start_position(), node.end_position());
        let _ = writeln!(out, "{depth} {field} {} {:?} {start} {end}", node.kind(), node.byte_range());
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return out;
            }
            depth -= 1;
        }
    }
}
