//! The graph for Graphviz.
//!
//! Strings are quoted as <https://graphviz.org/doc/info/lang.html> has it: only the quotation mark is special there, and
//! in labels a backslash begins an escape.

use std::fmt::Write;

use crate::ide::graph::{Graph, bodies, meaning, overtaken_in, short_title, tooltip};
use crate::ide::overtaken::Overtaken;

/// The colours of links, which are readable on white and on black.
pub(super) fn colour(overtaken: Overtaken) -> &'static str {
    match overtaken {
        Overtaken::OutOfDate => "#d1242f",
        Overtaken::Since => "#b08800",
    }
}

pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::from(
        "digraph citations {\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fillcolor=\"#dbe9ff\", \
         fontname=\"sans-serif\", fontsize=11];\n  edge [color=\"#6e7781\", fontname=\"sans-serif\", fontsize=9];\n",
    );
    for (number, (body, nodes)) in bodies(graph).into_iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{number} {{\n    label={};\n    color=\"#8c959f\";", quoted(body));
        for index in nodes {
            let Some(node) = graph.nodes.get(index) else { continue };
            let label = match short_title(node) {
                Some(title) => format!("{}\n{title}", node.name),
                None => node.name.clone(),
            };
            let tooltip = node.title.as_deref().unwrap_or(&node.name);
            let style = if node.is_text { "" } else { ", style=\"rounded,dashed\", fontcolor=\"#57606a\"" };
            let _ = writeln!(out, "    n{index} [label={}, tooltip={}{style}];", quoted(&label), quoted(tooltip));
        }
        out.push_str("  }\n");
    }
    for edge in &graph.edges {
        let tooltip = quoted(&tooltip(graph, edge));
        let times = if edge.citations > 1 { format!(", label=\"{}\"", edge.citations) } else { String::new() };
        let style = edge.overtaken.map(|overtaken| format!(", color=\"{}\", style=dashed", colour(overtaken)));
        let style = style.unwrap_or_default();
        let _ = writeln!(out, "  n{} -> n{} [tooltip={tooltip}{times}{style}];", edge.from, edge.to);
    }
    let found = overtaken_in(graph);
    if !found.is_empty() {
        out.push_str("  subgraph cluster_legend {\n    label=\"Legend\";\n    color=\"#8c959f\";\n");
        out.push_str("    node [shape=plaintext, style=\"\"];\n");
        for (number, overtaken) in found.into_iter().enumerate() {
            let (colour, meaning) = (colour(overtaken), quoted(meaning(overtaken)));
            let _ = writeln!(out, "    l{number}a [label=\"\"]; l{number}b [label={meaning}];");
            let _ = writeln!(out, "    l{number}a -> l{number}b [color=\"{colour}\", style=dashed];");
        }
        out.push_str("  }\n");
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\r', '\t'], " ").replace('\n', "\\n");
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::ide::graph::sample::sample;

    #[test]
    fn a_graph_for_graphviz() {
        expect![[r##"
            digraph citations {
              rankdir=LR;
              node [shape=box, style="rounded,filled", fillcolor="#dbe9ff", fontname="sans-serif", fontsize=11];
              edge [color="#6e7781", fontname="sans-serif", fontsize=9];
              subgraph cluster_0 {
                label="Plenipotentiary Conference";
                color="#8c959f";
                n0 [label="PP-101\nNetworks & \"next\" <generations>…", tooltip="Networks & \"next\" <generations>; 50% #1"];
                n1 [label="PP-140", tooltip="PP-140", style="rounded,dashed", fontcolor="#57606a"];
              }
              subgraph cluster_1 {
                label="General Assembly";
                color="#8c959f";
                n2 [label="UNGA-70/125\nالمساواة بين المرأة والرجل في ا…", tooltip="المساواة بين المرأة والرجل في الحياة العامة"];
              }
              subgraph cluster_2 {
                label="Other texts";
                color="#8c959f";
                n3 [label="drafts\\a \"b\".resmark", tooltip="drafts\\a \"b\".resmark"];
              }
              n0 -> n1 [tooltip="PP-101 cites PP-140 2 times, out of date", label="2", color="#d1242f", style=dashed];
              n0 -> n2 [tooltip="PP-101 cites UNGA-70/125 once"];
              n2 -> n0 [tooltip="UNGA-70/125 cites PP-101 once, revised since, or cited as history", color="#b08800", style=dashed];
              n3 -> n0 [tooltip="drafts\\a \"b\".resmark cites PP-101 once"];
              subgraph cluster_legend {
                label="Legend";
                color="#8c959f";
                node [shape=plaintext, style=""];
                l0a [label=""]; l0b [label="out of date"];
                l0a -> l0b [color="#d1242f", style=dashed];
                l1a [label=""]; l1b [label="revised since, or cited as history"];
                l1a -> l1b [color="#b08800", style=dashed];
              }
            }
        "##]].assert_eq(&write(&sample()));
    }

    #[test]
    fn nothing_is_an_empty_graph() {
        assert!(write(&Graph::default()).ends_with("fontsize=9];\n}\n"));
    }
}
