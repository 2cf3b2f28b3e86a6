//! What a drawn graph says, whatever it is drawn for: names of bodies, titles in short, what a link means.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Edge, Graph, Node};
use crate::ide::overtaken::Overtaken;

/// How much of a title stands in a picture, in columns of a terminal, of which a Chinese character takes two; the whole is
/// its tooltip.
const TITLE: usize = 32;

/// What texts are called that do not say which body they are of.
const OTHERS: &str = "Other texts";

/// The bodies with their nodes, by the places of these, in the order in which they come.
pub fn bodies(graph: &Graph) -> Vec<(&str, Vec<usize>)> {
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

/// The body of a resolution in words.
pub(super) fn body_of(node: &Node) -> &str {
    node.body.as_deref().unwrap_or(OTHERS)
}

/// The title as far as a picture has room for it.
pub fn short_title(node: &Node) -> Option<String> {
    node.title.as_deref().map(|title| clipped(title, TITLE))
}

/// As much of some words as `columns` have room for, an ellipsis included.
pub(super) fn clipped(words: &str, columns: usize) -> String {
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
pub fn tooltip(graph: &Graph, edge: &Edge) -> String {
    let name = |node: usize| graph.nodes.get(node).map_or("", |node| node.name.as_str());
    let times = if edge.citations == 1 { "once".to_owned() } else { format!("{} times", edge.citations) };
    let state = edge.overtaken.map(|overtaken| format!(", {}", meaning(overtaken))).unwrap_or_default();
    format!("{} cites {} {times}{state}", name(edge.from), name(edge.to))
}

/// What the legend says of links in red and in amber.
pub fn meaning(overtaken: Overtaken) -> &'static str {
    match overtaken {
        Overtaken::OutOfDate => "out of date",
        Overtaken::Since => "revised since, or cited as history",
    }
}

/// What of the two there is in a graph.
pub fn overtaken_in(graph: &Graph) -> Vec<Overtaken> {
    let mut found: Vec<Overtaken> = graph.edges.iter().filter_map(|edge| edge.overtaken).collect();
    found.sort_by(|a, b| b.cmp(a));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_clipped_by_their_width() {
        assert_eq!(clipped("benches", 7), "benches");
        assert_eq!(clipped("benches and chairs", 9), "benches…");
        assert_eq!(clipped("会议室里的茶壶", 8), "会议室…");
    }
}
