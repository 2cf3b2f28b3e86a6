//! `resmark graph`: who cites whom, drawn.

mod dot;
mod layers;
mod mermaid;
mod svg;

use std::path::Path;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::args::{GraphArgs, GraphFormat};
use super::human::count;
use super::inputs::Inputs;
use super::output::Output;
use super::{Failure, Outcome};
use crate::ide::graph::{Graph, Node, graph};
use crate::ide::overtaken::Overtaken;
use crate::syntax::Language;
use crate::workspace::write_whole;

/// How much of a title stands in a picture, in columns of a terminal, of which a Chinese character takes two; the whole is
/// its tooltip.
const TITLE: usize = 32;

/// What texts are called that do not say which body they are of.
const OTHERS: &str = "Other texts";

pub(super) fn run(args: &GraphArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let mut inputs = Inputs::read(&args.paths.paths, args.as_of.date(), output);
    let snapshot = inputs.snapshot();
    let files: Vec<_> = inputs.targets.iter().map(|it| (it.file, it.name.display().to_string())).collect();
    let all = graph(&snapshot, &files, Language::En);
    let shown = match &args.from {
        Some(id) => all.from(id, args.depth.unwrap_or(usize::MAX)).ok_or_else(|| {
            Failure(format!("{id} is neither in these files nor cited there; `resmark citations` lists what is"))
        })?,
        None => all,
    };
    let text = match format_of(args) {
        GraphFormat::Dot => dot::write(&shown),
        GraphFormat::Mermaid => mermaid::write(&shown),
        GraphFormat::Svg => svg::write(&shown)?,
    };
    match &args.output {
        None => output.print_raw(&text)?,
        Some(path) => {
            write_whole(path, &text)
                .map_err(|error| Failure(format!("{}: it could not be written: {error}", path.display())))?;
            let resolutions = count(shown.nodes.len(), "resolution");
            output.note(&format!("{}: {resolutions}, {}", path.display(), count(shown.edges.len(), "link")));
        }
    }
    Ok(inputs.outcome(Outcome::Clean))
}

fn format_of(args: &GraphArgs) -> GraphFormat {
    let ending = args.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    args.format.unwrap_or(match ending.as_deref() {
        Some("svg") => GraphFormat::Svg,
        Some("mmd" | "mermaid" | "md") => GraphFormat::Mermaid,
        _ => GraphFormat::Dot,
    })
}

/// The bodies with their nodes, by the places of these, in the order in which they come.
fn bodies(graph: &Graph) -> Vec<(&str, Vec<usize>)> {
    let mut bodies: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let body = body_of(node);
        match bodies.iter_mut().find(|(name, _)| *name == body) {
            Some((_, nodes)) => nodes.push(index),
            None => bodies.push((body, vec![index])),
        }
    }
    bodies
}

fn body_of(node: &Node) -> &str {
    node.body.as_deref().unwrap_or(OTHERS)
}

/// The title as far as a picture has room for it.
fn short_title(node: &Node) -> Option<String> {
    node.title.as_deref().map(|title| clipped(title, TITLE))
}

/// As much of some words as `columns` have room for, an ellipsis included.
fn clipped(words: &str, columns: usize) -> String {
    if words.width() <= columns {
        return words.to_owned();
    }
    let mut short = String::new();
    for c in words.chars() {
        if short.width() + c.width().unwrap_or(0) >= columns {
            break;
        }
        short.push(c);
    }
    format!("{}…", short.trim_end())
}

/// What a link says to who rests on it.
fn tooltip(graph: &Graph, edge: &crate::ide::graph::Edge) -> String {
    let name = |node: usize| graph.nodes.get(node).map_or("", |node| node.name.as_str());
    let times = if edge.citations == 1 { "once".to_owned() } else { format!("{} times", edge.citations) };
    let state = edge.overtaken.map(|overtaken| format!(", {}", meaning(overtaken))).unwrap_or_default();
    format!("{} cites {} {times}{state}", name(edge.from), name(edge.to))
}

/// What the legend says of links in red and in amber.
fn meaning(overtaken: Overtaken) -> &'static str {
    match overtaken {
        Overtaken::OutOfDate => "out of date",
        Overtaken::Since => "revised since, or cited as history",
    }
}

/// What of the two there is in a graph.
fn overtaken_in(graph: &Graph) -> Vec<Overtaken> {
    let mut found: Vec<Overtaken> = graph.edges.iter().filter_map(|edge| edge.overtaken).collect();
    found.sort_by(|a, b| b.cmp(a));
    found.dedup();
    found
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ide::graph::Edge;

    /// A graph with what is hard to write: quotation marks, angle brackets, right-to-left titles, a circle.
    pub fn sample() -> Graph {
        let node = |name: &str, title: &str, body: &str, is_text: bool| Node {
            id: name.parse().ok(),
            name: name.to_owned(),
            title: Some(title.to_owned()).filter(|title| !title.is_empty()),
            body: Some(body.to_owned()).filter(|body| !body.is_empty()),
            is_text,
        };
        let edge = |from, to, citations, overtaken| Edge { from, to, citations, overtaken };
        Graph {
            nodes: vec![
                node("PP-101", "Networks & \"next\" <generations>; 50% #1", "Plenipotentiary Conference", true),
                node("PP-140", "", "Plenipotentiary Conference", false),
                node("UNGA-70/125", "المساواة بين المرأة والرجل في الحياة العامة", "General Assembly", true),
                node("drafts\\a \"b\".resmark", "", "", true),
            ],
            edges: vec![
                edge(0, 1, 2, Some(Overtaken::OutOfDate)),
                edge(0, 2, 1, None),
                edge(2, 0, 1, Some(Overtaken::Since)),
                edge(3, 0, 1, None),
            ],
            start: None,
        }
    }

    #[test]
    fn words_are_clipped_by_their_width() {
        assert_eq!(clipped("benches", 7), "benches");
        assert_eq!(clipped("benches and chairs", 9), "benches…");
        assert_eq!(clipped("会议室里的茶壶", 8), "会议室…");
    }

    #[test]
    fn the_ending_says_the_format() {
        use clap::Parser;
        let format = |line: &str| {
            let arguments = super::super::args::Arguments::try_parse_from(line.split(' ')).expect("a right call");
            let super::super::args::Command::Graph(args) = arguments.command else { panic!("a graph is asked for") };
            format_of(&args)
        };
        assert_eq!(format("resmark graph ."), GraphFormat::Dot);
        assert_eq!(format("resmark graph . -o a.SVG"), GraphFormat::Svg);
        assert_eq!(format("resmark graph . -o a.mmd"), GraphFormat::Mermaid);
        assert_eq!(format("resmark graph . -o a.svg --format dot"), GraphFormat::Dot);
    }
}
