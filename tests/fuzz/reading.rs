//! Texts at random, read by everything that reads: no panic, nothing out of the text, edits that can be made.

use std::path::Path;

use fastrand::Rng;
use jiff::civil::date;
use resmark::convert::{Format, Options, import};
use resmark::ide::actions::{ActionKind, Detail, actions, obstacle};
use resmark::ide::completion::{About, Asked, completion, documentation};
use resmark::ide::definition::{Destination, Target as Place, definition};
use resmark::ide::inlay::Wanted;
use resmark::ide::preview::{View, html, preview, text as lines};
use resmark::ide::renumber::{Renumbering, Scope, is_wanted, renumber};
use resmark::ide::{
    calls, citations, declaration, fix_all, folding, format, graph, highlight, hover, implementation, inlay, item,
    lens, linked, links, losses, on_type, overtaken, page, references, rename, selection, standing, status, symbols,
    tokens, type_definition, types, update, workspace_symbols,
};
use resmark::rules::Remedy;
use resmark::syntax::{Language, ResolutionIndex, TextEdit, TextRange, TextSize};
use resmark::workspace::{File, FileId, Location, Snapshot, Workspace, decode};
use serde::{Deserialize, Serialize};

use crate::driver::Target;
use crate::texts::{at, bytes, name, place, text};

/// A text and everything that an editor may ask about it.
pub struct Reading;

#[derive(Serialize, Deserialize)]
pub struct Input {
    text: String,
    /// Another text in the workspace.
    beside: String,
    /// Where the cursor stands, as [`at`] says.
    places: Vec<u16>,
    /// What is typed where a name is asked for.
    name: String,
}

impl Target for Reading {
    type Input = Input;
    const CASES: usize = 260;

    fn make(random: &mut Rng, large: bool) -> Input {
        let beside = if random.bool() { text(random, false) } else { String::new() };
        let places = (0..random.usize(1..8)).map(|_| place(random)).collect();
        Input { text: text(random, large), beside, places, name: name(random) }
    }

    fn check(input: &Input) -> Result<(), String> {
        let mut workspace = Workspace::new(date(2025, 6, 1));
        let open = |workspace: &mut Workspace, name: &str, text: &str| {
            workspace.open(Location::from(Path::new(name)), 1, text).map_err(|problem| problem.to_string())
        };
        let id = open(&mut workspace, "/w/a.resmark", &input.text)?;
        open(&mut workspace, "/w/b/c.resmark", &input.beside)?;
        let snapshot = workspace.snapshot();
        let file = snapshot.file(id).ok_or("the document is gone")?;
        if file.reading().failed {
            return Err("reading it failed".to_owned());
        }
        whole(file)?;
        of_document(&snapshot, file)?;
        for place in &input.places {
            at_place(&snapshot, file, TextSize::new(at(&input.text, *place) as u32), &input.name)?;
        }
        let ends: Vec<TextSize> =
            input.places.iter().map(|place| TextSize::new(at(&input.text, *place) as u32)).collect();
        let _ = selection::selections(&snapshot, id, &ends);
        for pair in ends.windows(2) {
            within(&snapshot, file, TextRange::new(pair[0].min(pair[1]), pair[0].max(pair[1])))?;
        }
        let _ = workspace_symbols::workspace_symbols(&snapshot, &input.name, true, Some(Language::Fr), &|| false);
        Ok(())
    }
}

/// That the tree holds the whole text, without an error, and the document too.
fn whole(file: &File) -> Result<(), String> {
    let (text, root) = (file.text(), file.reading().tree.root_node());
    // The parser itself takes a byte order mark off the beginning of a text.
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if root.has_error() {
        return Err(format!("the tree has an error\n{root}"));
    }
    if root.byte_range() != (start..text.len()) {
        return Err(format!("the tree does not hold the text\n{:?}", root.byte_range()));
    }
    let mut cursor = file.reading().tree.walk();
    let mut end = start;
    loop {
        if cursor.goto_first_child() {
            continue;
        }
        let leaf = cursor.node().byte_range();
        // What stands between the leaves is the text's, too; it has to be between them.
        if leaf.start < end || leaf.end < leaf.start || text.get(leaf.clone()).is_none() {
            return Err(format!("a leaf is out of place\n{leaf:?} after {end}"));
        }
        end = leaf.end;
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return Ok(());
            }
        }
    }
}

/// What is asked of a document as a whole.
fn of_document(snapshot: &Snapshot, file: &File) -> Result<(), String> {
    let (id, text) = (file.id, file.text());
    for finding in snapshot.findings(id) {
        inside(text, finding.range, finding.rule)?;
        for fix in &finding.fixes {
            match &fix.remedy {
                Remedy::Edits(edits) => fits(text, edits, finding.rule)?,
                Remedy::Renumber(at) => drop(renumber(snapshot, id, Scope::List(*at))),
            }
        }
    }
    let edits = format::format(text, &file.facts().document);
    let tidy = TextEdit::apply_all(text, &edits).ok_or("the edits of formatting cannot be made")?;
    let again = format::format(&tidy, &resmark::syntax::lower(&tidy, &resmark::syntax::parse(&tidy)));
    if !again.is_empty() {
        return Err(format!("what is formatted is formatted again\n{again:?}"));
    }
    if let Some(all) = fix_all::fix_all(snapshot, id) {
        let made = TextEdit::apply_all(text, &all.edits).ok_or("the edits of “fix all” cannot be made")?;
        if made != all.text {
            return Err("the edits of “fix all” do not make its text".to_owned());
        }
    }
    let _ = fix_all::fixes_at_once(snapshot, id);
    for scope in [Scope::Document, Scope::Workspace] {
        check_renumbering(snapshot, renumber(snapshot, id, scope))?;
        let _ = is_wanted(snapshot, id, scope);
    }
    let updates = update::update(snapshot, id);
    fits(text, &updates.edits, "updating citations")?;
    for edits in update::as_wholes(text, &updates) {
        fits(text, &edits, "updating one citation")?;
    }
    for fold in folding::folding(snapshot, id) {
        inside(text, fold.range, "folding")?;
    }
    let _ = folding::outermost(folding::folding(snapshot, id), 3);
    let mut end = TextSize::new(0);
    for token in tokens::tokens(snapshot, id) {
        inside(text, token.range, "tokens")?;
        if token.range.start() < end {
            return Err("tokens overlap".to_owned());
        }
        end = token.range.end();
    }
    let _ = (symbols::symbols(snapshot, id), standing::standings(snapshot, id), status::status(snapshot, id));
    let _ = (overtaken::overtaken(snapshot, id), citations::citations(snapshot, id));
    for lens in lens::lenses(snapshot, id) {
        inside(text, lens.range, "lenses")?;
        let _ = lens::count(snapshot, id, lens.resolution, lens.kind);
        let _ = calls::outgoing(snapshot, id, lens.resolution);
    }
    for link in links::links(snapshot, id, true) {
        inside(text, link.range, "links")?;
        let _ = links::follow(snapshot, id, link.range, true);
    }
    let _ = losses::losses(snapshot, &|path| path.ends_with("a.resmark"));
    let wanted = Wanted { version_in_force: true, candidates: true };
    let all = TextRange::up_to(TextSize::of(text));
    for hint in inlay::hints(snapshot, id, all, wanted) {
        inside(text, TextRange::empty(hint.offset), "inlay hints")?;
        fits(text, hint.edits.as_deref().unwrap_or_default(), "an inlay hint")?;
    }
    for view in [View::InForce, View::Tracked, View::AsAmended] {
        let preview = preview(snapshot, id, view).ok_or("there is no preview")?;
        let _ = (html::write(&preview, &|_| None), html::page(&preview, file));
        for width in [0, 1, 20, 80] {
            let _ = lines::lines(&preview, width, lines::Changes::Signed);
        }
    }
    let names: Vec<(FileId, String)> = snapshot.files().map(|file| (file.id, file.location.name())).collect();
    let graph = graph::graph(snapshot, &names, Language::En);
    let _ = graph::picture(&graph, &|_| None).map_err(|error| error.to_string())?;
    for resolution in 0..file.facts().document.resolutions.len() {
        let _ = item::of_text(file, ResolutionIndex(resolution as u32));
    }
    for identity in file.facts().identities.iter().filter_map(|identity| identity.id.as_ref()) {
        let _ = (calls::incoming(snapshot, identity), citations::citing(snapshot, identity));
        let _ = page::page(snapshot, identity, None, Some(Language::Ar));
        let _ = (types::older(snapshot, identity, None, None), types::newer(snapshot, identity, None, None));
    }
    Ok(())
}

/// What is asked where the cursor stands.
fn at_place(snapshot: &Snapshot, file: &File, offset: TextSize, new_name: &str) -> Result<(), String> {
    let (id, text) = (file.id, file.text());
    if let Some(hover) = hover::hover(snapshot, id, offset) {
        inside(text, hover.range, "hover")?;
    }
    for explicitly in [false, true] {
        let asked = Asked { explicitly, skeletons: explicitly, language: Some(Language::Ru) };
        let Some(completion) = completion(snapshot, id, offset, asked) else { continue };
        for item in &completion.items {
            inside(text, item.range, "completion")?;
        }
        for about in completion.items.iter().filter_map(|item| item.about.as_ref()).take(3) {
            let About { .. } = about;
            let _ = documentation(snapshot, about);
        }
    }
    let mut places: Vec<Place> = definition(snapshot, id, offset);
    places.extend(declaration::declaration(snapshot, id, offset, true));
    places.extend(implementation::implementation(snapshot, id, offset));
    places.extend(type_definition::type_definition(snapshot, id, offset));
    for place in places {
        inside(text, place.origin, "where a target is asked for")?;
        if let Destination::File { file, range, selection } = place.destination {
            let target = snapshot.file(file).ok_or("a target is in no file")?;
            inside(target.text(), range, "a target")?;
            inside(target.text(), selection, "what is selected of a target")?;
        }
    }
    for (file, range) in references::references(snapshot, id, offset, true) {
        inside(snapshot.file(file).ok_or("a reference is in no file")?.text(), range, "references")?;
    }
    for highlight in highlight::highlights(snapshot, id, offset) {
        inside(text, highlight.range, "highlights")?;
    }
    if let Some(renamable) = rename::prepare(snapshot, id, offset) {
        inside(text, renamable.range, "preparing a rename")?;
        let placeholder = rename::rename(snapshot, id, offset, &renamable.placeholder);
        check_renumbering(snapshot, placeholder.ok())?;
    }
    check_renumbering(snapshot, rename::rename(snapshot, id, offset, new_name).ok())?;
    for scope in [Scope::List(offset), Scope::Section(offset), Scope::Resolution(offset)] {
        check_renumbering(snapshot, renumber(snapshot, id, scope))?;
    }
    for typed in ['\n', ')', 'x'] {
        fits(text, &on_type::on_type(snapshot, id, offset, typed).unwrap_or_default(), "typing")?;
    }
    let _ = linked::linked(snapshot, id, offset);
    let _ = (calls::prepare(snapshot, id, offset), types::prepare(snapshot, id, offset));
    within(snapshot, file, TextRange::empty(offset))
}

/// What is asked of what is selected.
fn within(snapshot: &Snapshot, file: &File, range: TextRange) -> Result<(), String> {
    let (id, text) = (file.id, file.text());
    for detail in [Detail::Listed, Detail::Whole] {
        for action in actions(snapshot, id, range, detail, |_| true) {
            for (file, edits) in &action.edits {
                let target = snapshot.file(*file).ok_or("an action is in no file")?;
                fits(target.text(), edits, &action.title)?;
            }
        }
    }
    for kind in [ActionKind::RenumberList, ActionKind::UpdateCitations, ActionKind::GiveTitle, ActionKind::FixAll] {
        let _ = obstacle(snapshot, id, range, kind);
    }
    fits(text, &format::format_within(text, &file.facts().document, &[range]), "formatting a part")
}

fn check_renumbering(snapshot: &Snapshot, renumbering: Option<Renumbering>) -> Result<(), String> {
    let Some(renumbering) = renumbering else { return Ok(()) };
    for (file, edits) in &renumbering.edits {
        fits(snapshot.file(*file).ok_or("renumbering is in no file")?.text(), edits, "renumbering")?;
    }
    for doubt in &renumbering.doubts {
        inside(snapshot.file(doubt.file).ok_or("a doubt is in no file")?.text(), doubt.range, "a doubt")?;
    }
    Ok(())
}

fn inside(text: &str, range: TextRange, what: &str) -> Result<(), String> {
    match text.get(std::ops::Range::<usize>::from(range)) {
        Some(_) => Ok(()),
        None => Err(format!("a place is not in the text: {what}\n{range:?} of {}", text.len())),
    }
}

fn fits(text: &str, edits: &[TextEdit], what: &str) -> Result<(), String> {
    match TextEdit::apply_all(text, edits) {
        Some(_) => Ok(()),
        None => Err(format!("edits that cannot be made: {what}\n{edits:?}")),
    }
}

/// Bytes that somebody says are a text, and texts of other programs.
pub struct Importing;

#[derive(Serialize, Deserialize)]
pub enum Foreign {
    Bytes(Vec<u8>),
    Text(String),
}

impl Target for Importing {
    type Input = Foreign;
    const CASES: usize = 500;

    fn make(random: &mut Rng, large: bool) -> Foreign {
        if random.u8(..4) == 0 { Foreign::Bytes(bytes(random, 2000)) } else { Foreign::Text(text(random, large)) }
    }

    fn check(input: &Foreign) -> Result<(), String> {
        let text = match input {
            Foreign::Text(text) => text.clone(),
            Foreign::Bytes(bytes) => match decode(Path::new("a.txt"), bytes.clone()) {
                Ok(text) => text,
                Err(problem) if problem.to_string().lines().count() == 1 => return Ok(()),
                Err(problem) => return Err(format!("more than one line is said\n{problem}")),
            },
        };
        for format in [Format::Guess, Format::Plain, Format::Markdown] {
            let imported = import(&text, &Options { format });
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let dropped: usize = imported.dropped.iter().map(|dropped| letters(&dropped.text)).sum();
            if letters(&imported.text) + dropped < letters(&text) {
                return Err(format!("letters are lost in importing as {format:?}\n{:?}", imported.text));
            }
        }
        Ok(())
    }
}
