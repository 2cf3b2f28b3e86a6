//! Where each node of a picture stands: in layers, by how many citations lead to it from the texts that nobody cites.
//!
//! Of the libraries that lay out graphs, those that keep clusters together (ports of dagre) took seconds for a hundred and
//! fifty nodes and left some without a place, or are not meant for others to use; the rest know no clusters. So the
//! layout is as plain as can be: a column for each layer, in it a box for each body, in the box the resolutions by the
//! middle of those that cite them. Links run between the columns.

use std::collections::BTreeMap;

use super::words::body_of;
use super::{Graph, spread};

/// Sizes, in the units of the picture.
pub(super) const NODE: (f64, f64) = (230.0, 40.0);
pub(super) const GAP: f64 = 10.0;
pub(super) const PADDING: f64 = 12.0;
/// The room above a box's nodes for its name.
pub(super) const HEADING: f64 = 26.0;
/// Between two columns, where the links run.
const CHANNEL: f64 = 130.0;
/// How far a link between two nodes of one layer bends out.
pub(super) const AROUND: f64 = 84.0;
/// Between two columns of the same layer.
const NARROW: f64 = 30.0;
/// Between two boxes of a column.
const BETWEEN: f64 = 22.0;
/// How high a column grows before another one is begun.
const HEIGHT: f64 = 2000.0;

/// A box around nodes of one body.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Box {
    pub name: String,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A picture's measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Layout {
    /// The upper left corner of each node.
    pub nodes: Vec<(f64, f64)>,
    /// The layer of each node.
    pub layers: Vec<usize>,
    pub boxes: Vec<Box>,
    pub width: f64,
    pub height: f64,
}

/// Lays a graph out.
pub(super) fn layout(graph: &Graph) -> Layout {
    let layers = layers(graph);
    let mut layout = Layout { nodes: vec![(0.0, 0.0); graph.nodes.len()], ..Layout::default() };
    // Where the nodes of the layers before stand, from top to bottom.
    let mut middle: Vec<Option<f64>> = vec![None; graph.nodes.len()];
    let mut citing = vec![Vec::new(); graph.nodes.len()];
    graph.edges.iter().for_each(|edge| citing[edge.to].push(edge.from));
    let mut members = vec![Vec::new(); layers.iter().max().map_or(0, |last| last + 1)];
    layers.iter().enumerate().for_each(|(node, layer)| members[*layer].push(node));
    let mut x = 0.0;
    for members in members {
        let mut bodies: BTreeMap<&str, Vec<(f64, usize)>> = BTreeMap::new();
        for node in members {
            bodies.entry(body_of(&graph.nodes[node])).or_default().push((mean_of(&citing[node], &middle), node));
        }
        let mut boxes = Vec::new();
        for (name, mut nodes) in bodies {
            // Stable: where nothing draws them, they stay in the order of their numbers.
            nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mean = nodes.iter().map(|(mean, _)| mean).sum::<f64>() / nodes.len() as f64;
            boxes.push((mean, name, nodes));
        }
        boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut y = 0.0;
        for (_, name, nodes) in boxes {
            let mut rest = &nodes[..];
            while !rest.is_empty() {
                let room = ((HEIGHT - y - HEADING - PADDING) / (NODE.1 + GAP)).floor().max(0.0) as usize;
                if room == 0 || (room < rest.len() && room < 4) {
                    x += NODE.0 + 2.0 * PADDING + NARROW;
                    y = 0.0;
                    continue;
                }
                let (here, later) = rest.split_at(room.min(rest.len()));
                for (row, (_, index)) in here.iter().enumerate() {
                    let top = y + HEADING + row as f64 * (NODE.1 + GAP);
                    layout.nodes[*index] = (x + PADDING, top);
                    middle[*index] = Some(top + NODE.1 / 2.0);
                }
                let height = HEADING + here.len() as f64 * (NODE.1 + GAP) - GAP + PADDING;
                let width = NODE.0 + 2.0 * PADDING;
                layout.boxes.push(Box { name: name.to_owned(), x, y, width, height });
                layout.width = layout.width.max(x + width);
                layout.height = layout.height.max(y + height);
                y += height + BETWEEN;
                rest = later;
            }
        }
        x += NODE.0 + 2.0 * PADDING + CHANNEL;
    }
    // Links that go around on the right.
    if graph.edges.iter().any(|edge| layers[edge.from] == layers[edge.to]) {
        layout.width += AROUND;
    }
    layout.layers = layers;
    layout
}

/// The middle of those in the layers before that cite a node; those that none cites stay on top.
fn mean_of(citing: &[usize], middle: &[Option<f64>]) -> f64 {
    let placed: Vec<f64> = citing.iter().filter_map(|node| middle[*node]).collect();
    if placed.is_empty() { 0.0 } else { placed.iter().sum::<f64>() / placed.len() as f64 }
}

/// The layer of each node: its distance from the one that the graph was followed from, else from those that nobody cites;
/// in a circle that nobody outside cites, from its first member. Around a centre, who cites it stands on one side, what it
/// cites on the other.
fn layers(graph: &Graph) -> Vec<usize> {
    if !graph.centre.is_empty() {
        return around(graph);
    }
    let mut is_cited = vec![false; graph.nodes.len()];
    graph.edges.iter().for_each(|edge| is_cited[edge.to] = true);
    let cited = graph.cited();
    let mut layers = vec![None; graph.nodes.len()];
    spread(&cited, &mut layers, graph.start);
    spread(&cited, &mut layers, (0..is_cited.len()).filter(|node| !is_cited[*node]));
    // A text begins a circle rather than what is only cited.
    let (texts, others): (Vec<usize>, Vec<usize>) = (0..layers.len()).partition(|node| graph.nodes[*node].is_text);
    for first in texts.into_iter().chain(others) {
        spread(&cited, &mut layers, [first]);
    }
    layers.into_iter().flatten().collect()
}

fn around(graph: &Graph) -> Vec<usize> {
    let is_centre = |node: usize| graph.centre.contains(&node);
    let mut is_cited = vec![false; graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| is_centre(edge.from)) {
        is_cited[edge.to] = true;
    }
    let side = |(node, is_cited): (usize, bool)| match (is_centre(node), is_cited) {
        (true, _) => 1,
        (false, true) => 2,
        (false, false) => 0,
    };
    let layers: Vec<usize> = is_cited.into_iter().enumerate().map(side).collect();
    // Where nobody cites it, it stands first.
    let first = layers.iter().min().copied().unwrap_or(0);
    layers.into_iter().map(|layer| layer - first).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ide::graph::sample::sample;
    use crate::ide::graph::{Edge, Node};

    #[test]
    fn what_nobody_cites_stands_first() {
        // The draft cites PP-101, which cites the two others.
        assert_eq!(layout(&sample()).layers, [1, 2, 2, 0]);
    }

    #[test]
    fn what_the_graph_is_followed_from_stands_first() {
        assert_eq!(layout(&Graph { start: Some(2), ..sample() }).layers, [1, 2, 0, 0]);
    }

    #[test]
    fn who_cites_the_centre_stands_before_it() {
        assert_eq!(layout(&Graph { centre: vec![0], ..sample() }).layers, [1, 2, 2, 0]);
        // Nobody cites the draft.
        assert_eq!(layout(&sample().around(|node| node.id.is_none())).layers, [1, 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever the graph, nodes neither overlap nor leave the picture, and each has one place.
        #[test]
        fn no_two_nodes_overlap(count in 0usize..90, ends in proptest::collection::vec((0usize..90, 0usize..90), 0..200)) {
            let node = |index: usize| Node {
                id: None,
                name: index.to_string(),
                title: None,
                body: Some(format!("body {}", index % 5)),
                is_text: index.is_multiple_of(2),
                place: None,
                files: Vec::new(),
            };
            let ends = ends.into_iter().filter(|(from, to)| *from < count && *to < count);
            let edges = ends.map(|(from, to)| Edge { from, to, citations: 1, overtaken: None }).collect();
            let layout = layout(&Graph { nodes: (0..count).map(node).collect(), edges, ..Graph::default() });
            prop_assert_eq!(layout.nodes.len(), count);
            for (index, (x, y)) in layout.nodes.iter().enumerate() {
                prop_assert!(x + NODE.0 <= layout.width && y + NODE.1 <= layout.height);
                for (other_x, other_y) in &layout.nodes[index + 1..] {
                    prop_assert!((x - other_x).abs() >= NODE.0 || (y - other_y).abs() >= NODE.1);
                }
            }
        }
    }
}
