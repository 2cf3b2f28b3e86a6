//! The graph of who cites whom among some texts.

mod layers;
#[cfg(test)]
pub(crate) mod sample;
mod svg;
mod words;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use svg::{Address, Addresses, STYLE, picture};
pub use words::{bodies, meaning, overtaken_in, short_title, tooltip};

use super::definition::Destination;
use super::item;
use super::overtaken::{Overtaken, overtaken};
use super::references::once_each;
use super::target::{identity_of, place_of_resolution};
use crate::citation::{Citation, ResolutionId, body_name};
use crate::syntax::{Language, ResolutionIndex, Side};
use crate::workspace::{File, FileId, Snapshot};

/// Who cites whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Graph {
    /// The resolutions, by body and number; texts that say nothing of themselves behind them.
    pub nodes: Vec<Node>,
    /// The citations, by the places of their ends in `nodes`.
    pub edges: Vec<Edge>,
    /// The node that it was followed from, if it was.
    pub start: Option<usize>,
    /// The nodes whose neighbours it shows, if it shows those of some; in order.
    pub centre: Vec<usize>,
}

/// A resolution, or a text that does not say which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Which it is.
    pub id: Option<ResolutionId>,
    /// Its id, or the name of its file.
    pub name: String,
    /// Its title or subject, in the language of the text or in that asked for.
    pub title: Option<String>,
    /// The body that adopted it, in words; `None` for a text that does not say so.
    pub body: Option<String>,
    /// Whether it stands in one of the texts, and is not only cited there.
    pub is_text: bool,
    /// Where it opens; `None` for what nobody knows.
    pub place: Option<Destination>,
    /// The texts that it stands in.
    pub files: Vec<FileId>,
}

/// That one resolution cites another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Who cites.
    pub from: usize,
    /// What is cited.
    pub to: usize,
    /// How often.
    pub citations: usize,
    /// Whether something newer has overtaken one of the citations.
    pub overtaken: Option<Overtaken>,
}

/// The place of a node: by body and number, then by name.
type Key = (bool, String, Vec<u64>, String);

fn key(id: &ResolutionId) -> Key {
    let numbers = id.number.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    (false, id.body.clone(), numbers, id.number.clone())
}

/// The graph of some texts, each with its name: their resolutions and what these cite, as amended. Titles of what is
/// only cited are in `language` where there is a choice.
pub fn graph(snapshot: &Snapshot, files: &[(FileId, String)], language: Language) -> Graph {
    let mut nodes: BTreeMap<Key, Node> = BTreeMap::new();
    let mut edges: BTreeMap<(Key, Key), (usize, Option<Overtaken>)> = BTreeMap::new();
    let ids: Vec<FileId> = files.iter().map(|(id, _)| *id).collect();
    snapshot.judge(&ids, &|| false);
    for (id, name) in files {
        // What is read of it is let go with it.
        let beside = snapshot.beside(*id);
        let Some(file) = beside.file(*id) else { continue };
        let overtaken = overtaken(snapshot, *id);
        for index in 0..file.facts().document.resolutions.len() {
            let resolution = ResolutionIndex(index as u32);
            let cited: Vec<&Citation> = cited_by(file, resolution).collect();
            let identity = identity_of(file, resolution);
            let own = identity.and_then(|identity| identity.id.as_ref());
            if own.is_none() && cited.is_empty() {
                continue;
            }
            let from = own.map_or_else(|| (true, name.clone(), Vec::new(), String::new()), key);
            let node = nodes.entry(from.clone()).or_insert_with(|| match own {
                Some(id) => of_resolution(snapshot, id, language),
                None => Node {
                    id: None,
                    name: name.clone(),
                    title: None,
                    body: None,
                    is_text: true,
                    place: place_of_resolution(file, resolution).map(|(range, selection)| Destination::File {
                        file: file.id,
                        range,
                        selection,
                    }),
                    files: Vec::new(),
                },
            });
            node.is_text = true;
            if node.files.last() != Some(&file.id) {
                node.files.push(file.id);
            }
            if let Some(subject) = identity.and_then(|identity| identity.subject.as_deref()) {
                node.title = Some(subject.trim().to_owned()).filter(|title| !title.is_empty()).or(node.title.take());
            }
            for citation in cited {
                let Some(id) = citation.id.as_ref().filter(|id| Some(*id) != own) else { continue };
                let to = key(id);
                nodes.entry(to.clone()).or_insert_with(|| of_resolution(snapshot, id, language));
                let (times, what) = edges.entry((from.clone(), to)).or_insert((0, None));
                *times += 1;
                *what = (*what).max(overtaken.get(&citation.range).copied());
            }
        }
    }
    let places: BTreeMap<&Key, usize> = nodes.keys().zip(0..).collect();
    let place = |key: &Key| places.get(key).copied();
    let edges = edges.iter().filter_map(|((from, to), (citations, overtaken))| {
        Some(Edge { from: place(from)?, to: place(to)?, citations: *citations, overtaken: *overtaken })
    });
    let edges = edges.collect();
    Graph { nodes: nodes.into_values().collect(), edges, ..Graph::default() }
}

fn cited_by(file: &File, resolution: ResolutionIndex) -> impl Iterator<Item = &Citation> {
    let facts = file.facts();
    let of_it = facts.citations.iter().filter(move |citation| {
        let paragraph = facts.document.paragraphs.get(citation.paragraph.index());
        citation.side == Side::Amended
            && citation.id.is_some()
            && paragraph.is_some_and(|paragraph| paragraph.resolution == resolution)
    });
    once_each(of_it)
}

fn of_resolution(snapshot: &Snapshot, id: &ResolutionId, language: Language) -> Node {
    let title = snapshot.catalogue().title(id, None, language).map(|title| title.text.to_owned());
    let base = id.body.split(' ').next().unwrap_or(&id.body);
    let body = body_name(base, Language::En).unwrap_or(&id.body);
    let body = body.split(" of the International Telecommunication").next().unwrap_or(body);
    let place = item::of_cited(snapshot, id, None, Some(language)).map(|item| item.place);
    Node {
        id: Some(id.clone()),
        name: id.to_string(),
        title,
        body: Some(body.to_owned()),
        is_text: false,
        place,
        files: Vec::new(),
    }
}

impl Graph {
    /// What can be reached from a resolution in at most `depth` citations, itself included. `None` where the graph does
    /// not have it.
    pub fn from(&self, id: &ResolutionId, depth: usize) -> Option<Graph> {
        let start = self.nodes.iter().position(|node| node.id.as_ref() == Some(id))?;
        let mut distances = vec![None; self.nodes.len()];
        spread(&self.cited(), &mut distances, [start]);
        let kept: BTreeSet<usize> = distances
            .iter()
            .enumerate()
            .filter(|(_, at)| at.is_some_and(|at| at <= depth))
            .map(|(node, _)| node)
            .collect();
        let place: BTreeMap<usize, usize> = kept.iter().copied().zip(0..).collect();
        let nodes = kept.iter().filter_map(|node| self.nodes.get(*node).cloned()).collect();
        // What the outermost cite is not followed any more.
        let inner = |edge: &&Edge| distances.get(edge.from).copied().flatten().is_some_and(|at| at < depth);
        let edges = self
            .edges
            .iter()
            .filter(inner)
            .filter_map(|edge| Some(Edge { from: *place.get(&edge.from)?, to: *place.get(&edge.to)?, ..*edge }));
        let edges = edges.collect();
        Some(Graph { nodes, edges, start: place.get(&start).copied(), centre: Vec::new() })
    }

    /// The resolutions that `is_centre` picks, who cites them, what they cite, and the links among all these.
    pub fn around(&self, is_centre: impl Fn(&Node) -> bool) -> Graph {
        let picked: Vec<bool> = self.nodes.iter().map(is_centre).collect();
        let is_picked = |node: usize| picked.get(node) == Some(&true);
        let mut kept: BTreeSet<usize> = (0..picked.len()).filter(|node| is_picked(*node)).collect();
        for edge in &self.edges {
            if is_picked(edge.from) {
                kept.insert(edge.to);
            }
            if is_picked(edge.to) {
                kept.insert(edge.from);
            }
        }
        let place: BTreeMap<usize, usize> = kept.iter().copied().zip(0..).collect();
        let nodes = kept.iter().filter_map(|node| self.nodes.get(*node).cloned()).collect();
        let edges = self
            .edges
            .iter()
            .filter_map(|edge| Some(Edge { from: *place.get(&edge.from)?, to: *place.get(&edge.to)?, ..*edge }));
        let centre = kept.iter().filter(|node| is_picked(**node)).filter_map(|node| place.get(node).copied());
        Graph { nodes, edges: edges.collect(), start: None, centre: centre.collect() }
    }

    /// For each node what it cites.
    pub fn cited(&self) -> Vec<Vec<usize>> {
        let mut cited: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for edge in &self.edges {
            if let Some(list) = cited.get_mut(edge.from) {
                list.push(edge.to);
            }
        }
        cited
    }
}

/// Notes for each node how many citations lead to it from the nearest of `starts`, by what each cites. Nodes that have a
/// distance already keep it and are not passed.
pub fn spread(cited: &[Vec<usize>], distances: &mut [Option<usize>], starts: impl IntoIterator<Item = usize>) {
    let mut queue: VecDeque<(usize, usize)> = starts.into_iter().map(|start| (start, 0)).collect();
    while let Some((node, at)) = queue.pop_front() {
        match distances.get_mut(node) {
            Some(distance @ None) => *distance = Some(at),
            _ => continue,
        }
        queue.extend(cited.get(node).into_iter().flatten().map(|next| (*next, at + 1)));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    const TEXTS: &str = "//- a.resmark\n$0# Resolution 9001 (Bucharest, 2022)\n## Benches\n\nThe Plenipotentiary Conference of \
         the International Telecommunication Union (Bucharest, 2022),\n\n*recalling*\n\na) Resolutions 9002 and 140 (Rev. \
         Busan, 2014) of this conference;\nb) Resolution 9002 (Bucharest, 2022) of this conference,\n//- b.resmark\n# \
         Resolution 9002 (Bucharest, 2022)\n\nThe Plenipotentiary Conference of the International Telecommunication \
         Union (Bucharest, 2022),\n\n*recalling*\n\na) General Assembly resolution 70/125;\nb) Resolution 9001 (Bucharest, \
         2022) of this conference,\n//- c.resmark\nNote on Resolution 9001 (Bucharest, 2022) of the Plenipotentiary \
         Conference.\n";

    fn check(focus: Option<(&str, usize)>, expected: Expect) {
        let (snapshot, _, _) = workspace(TEXTS);
        let files: Vec<_> = snapshot.files().map(|file| (file.id, file.location.name())).collect();
        let mut graph = graph(&snapshot, &files, Language::En);
        if let Some((id, depth)) = focus {
            graph = graph.from(&id.parse().expect("an id"), depth).expect("it is in the graph");
        }
        let mut out = String::new();
        for node in &graph.nodes {
            let kind = if node.is_text { "text" } else { "cited" };
            out += &format!("{} {kind} {:?}\n", node.name, node.title.as_deref().unwrap_or_default());
        }
        for edge in &graph.edges {
            let (from, to) = (&graph.nodes[edge.from].name, &graph.nodes[edge.to].name);
            out += &format!("{from} → {to} × {} {:?}\n", edge.citations, edge.overtaken);
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn all_texts_and_what_they_cite() {
        check(
            None,
            expect![[r#"
            PP-140 cited "ITU's role in implementing the outcomes of the World Summit on the Information Society and in the overall review by United Nations General Assembly of their implementation"
            PP-9001 text "Benches"
            PP-9002 text ""
            UNGA-70/125 cited "overall review of the implementation of the outcomes of the World Summit on the Information Society"
            c.resmark text ""
            PP-9001 → PP-140 × 1 Some(OutOfDate)
            PP-9001 → PP-9002 × 2 Some(OutOfDate)
            PP-9002 → PP-9001 × 1 None
            PP-9002 → UNGA-70/125 × 1 None
            c.resmark → PP-9001 × 1 None
        "#]],
        );
    }

    #[test]
    fn a_resolution_of_several_texts_stands_in_each() {
        let texts = "//- old.resmark\n$0# Resolution 9001 (Dubai, 2018)\n\nThe Plenipotentiary Conference of the \
             International Telecommunication Union (Dubai, 2018),\n\n*resolves*\n\nto go.\n//- new.resmark\n# Resolution \
             9001 (Rev. Bucharest, 2022)\n\nThe Plenipotentiary Conference of the International Telecommunication \
             Union (Bucharest, 2022),\n\n*resolves*\n\nto stay.\n";
        let (snapshot, file, _) = workspace(texts);
        let files: Vec<_> = snapshot.files().map(|file| (file.id, file.location.name())).collect();
        let all = graph(&snapshot, &files, Language::En);
        let [node] = &all.nodes[..] else { panic!("there is one resolution") };
        assert_eq!(node.files, [files[0].0, files[1].0]);
        let opens = matches!(&node.place, Some(Destination::File { file, .. }) if *file == files[1].0);
        assert!(opens, "it opens in its newest version");
        assert_eq!(
            all.around(|node| node.files.contains(&file)).centre,
            [0],
            "the old one is a neighbour of nobody else"
        );
    }

    #[test]
    fn the_neighbours_of_a_text() {
        let (snapshot, file, _) = workspace(TEXTS);
        let files: Vec<_> = snapshot.files().map(|file| (file.id, file.location.name())).collect();
        let all = graph(&snapshot, &files, Language::En);
        let of_the_text =
            |node: &Node| matches!(&node.place, Some(Destination::File { file: own, .. }) if *own == file);
        let near = all.around(of_the_text);
        let names: Vec<&str> = near.nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["PP-140", "PP-9001", "PP-9002", "c.resmark"], "what its neighbours cite is not shown");
        assert_eq!(near.centre, [1]);
        let links: Vec<_> = near.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        assert_eq!(links, [(1, 0), (1, 2), (2, 1), (3, 1)]);
        assert_eq!(all.around(|_| false), Graph::default());
    }

    #[test]
    fn from_one_resolution_on() {
        check(
            Some(("PP-9001", 1)),
            expect![[r#"
            PP-140 cited "ITU's role in implementing the outcomes of the World Summit on the Information Society and in the overall review by United Nations General Assembly of their implementation"
            PP-9001 text "Benches"
            PP-9002 text ""
            PP-9001 → PP-140 × 1 Some(OutOfDate)
            PP-9001 → PP-9002 × 2 Some(OutOfDate)
        "#]],
        );
        check(
            Some(("PP-9002", 9)),
            expect![[r#"
            PP-140 cited "ITU's role in implementing the outcomes of the World Summit on the Information Society and in the overall review by United Nations General Assembly of their implementation"
            PP-9001 text "Benches"
            PP-9002 text ""
            UNGA-70/125 cited "overall review of the implementation of the outcomes of the World Summit on the Information Society"
            PP-9001 → PP-140 × 1 Some(OutOfDate)
            PP-9001 → PP-9002 × 2 Some(OutOfDate)
            PP-9002 → PP-9001 × 1 None
            PP-9002 → UNGA-70/125 × 1 None
        "#]],
        );
        check(
            Some(("PP-9001", 0)),
            expect![[r#"
            PP-9001 text "Benches"
        "#]],
        );
    }
}
