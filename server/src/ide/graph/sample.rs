//! A graph to try the pictures with.

use super::{Edge, Graph, Node};
use crate::ide::overtaken::Overtaken;

/// A graph with what is hard to write: quotation marks, angle brackets, right-to-left titles, a circle.
pub fn sample() -> Graph {
    let node = |name: &str, title: &str, body: &str, is_text: bool| Node {
        id: name.parse().ok(),
        name: name.to_owned(),
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        body: Some(body.to_owned()).filter(|body| !body.is_empty()),
        is_text,
        place: None,
        files: Vec::new(),
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
        centre: Vec::new(),
    }
}
