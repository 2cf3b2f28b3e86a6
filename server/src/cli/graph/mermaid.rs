//! The graph for Mermaid, which code hosts draw in Markdown: <https://mermaid.js.org/syntax/flowchart.html>.
//!
//! It has no tooltips without links, so the title is part of the name.

use std::fmt::Write;

use super::dot::colour;
use crate::ide::graph::{Graph, bodies, meaning, overtaken_in, short_title};

pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::from("flowchart LR\n");
    for (number, (body, nodes)) in bodies(graph).into_iter().enumerate() {
        let _ = writeln!(out, "  subgraph b{number}[{}]", quoted(body));
        for index in nodes {
            let Some(node) = graph.nodes.get(index) else { continue };
            let title = short_title(node).map(|title| format!("<br>{}", escaped(&title))).unwrap_or_default();
            let class = if node.is_text { "" } else { ":::cited" };
            let _ = writeln!(out, "    n{index}(\"{}{title}\"){class}", escaped(&node.name));
        }
        out.push_str("  end\n");
    }
    for edge in &graph.edges {
        let times = if edge.citations > 1 { format!("|{}|", edge.citations) } else { String::new() };
        let arrow = if edge.overtaken.is_some() { "-.->" } else { "-->" };
        let _ = writeln!(out, "  n{} {arrow}{times} n{}", edge.from, edge.to);
    }
    out.push_str("  classDef cited fill:none,stroke-dasharray:4 3\n");
    let mut legend = String::new();
    for overtaken in overtaken_in(graph) {
        // Links are styled by their number.
        let links = graph.edges.iter().enumerate().filter(|(_, edge)| edge.overtaken == Some(overtaken));
        let mut links: Vec<String> = links.map(|(index, _)| index.to_string()).collect();
        let next = graph.edges.len() + legend.lines().count();
        links.push(next.to_string());
        let _ = writeln!(legend, "    l{next}[\" \"] -.->|{}| m{next}[\" \"]", quoted(meaning(overtaken)));
        let _ = writeln!(out, "  linkStyle {} stroke:{}", links.join(","), colour(overtaken));
    }
    if !legend.is_empty() {
        // The links of the legend have to be there before they are styled.
        let at = out.find("  classDef").unwrap_or(out.len());
        out.insert_str(at, &format!("  subgraph legend[\"Legend\"]\n{legend}  end\n"));
    }
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// What is special in a quoted name, by its number: `#quot;` and the like are Mermaid's own escapes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | ';' | '*' | '_' | '[' | ']' | '{' | '}' | '|' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::ide::graph::sample::sample;

    #[test]
    fn a_graph_for_mermaid() {
        expect![[r#"
            flowchart LR
              subgraph b0["Plenipotentiary Conference"]
                n0("PP-101<br>Networks #38; #34;next#34; #60;generations#62;…")
                n1("PP-140"):::cited
              end
              subgraph b1["General Assembly"]
                n2("UNGA-70/125<br>المساواة بين المرأة والرجل في ا…")
              end
              subgraph b2["Other texts"]
                n3("drafts#92;a #34;b#34;.resmark")
              end
              n0 -.->|2| n1
              n0 --> n2
              n2 -.-> n0
              n3 --> n0
              subgraph legend["Legend"]
                l4[" "] -.->|"out of date"| m4[" "]
                l5[" "] -.->|"revised since, or cited as history"| m5[" "]
              end
              classDef cited fill:none,stroke-dasharray:4 3
              linkStyle 0,4 stroke:#d1242f
              linkStyle 2,5 stroke:#b08800
        "#]]
        .assert_eq(&write(&sample()));
    }
}
