//! The graph as a picture. Its colours follow the reader's, light or dark; titles are tooltips, and stand in the middle
//! of their boxes, so that it does not matter from which side they are read.

use std::cmp::Ordering;
use std::io::Cursor;

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

use super::layers::{AROUND, Layout, NODE, layout};
use super::words::{clipped, meaning, overtaken_in, short_title, tooltip};
use super::{Edge, Graph, Node};
use crate::ide::overtaken::Overtaken;

/// Around the picture.
const MARGIN: f64 = 16.0;
/// A line of the legend.
const LINE: f64 = 22.0;

/// What the picture is called.
const NAME: &str = "Who cites whom";

/// How the picture looks, for a page that takes no style out of the picture itself.
pub const STYLE: &str = "\
svg { color-scheme: light dark; font: 13px system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif; \
background: #ffffff; }
text { fill: #1f2328; text-anchor: middle; unicode-bidi: plaintext; }
.small { font-size: 11px; fill: #57606a; }
.body { font-weight: 600; font-size: 12px; fill: #57606a; }
.box { fill: #f6f8fa; stroke: #d0d7de; }
.node rect { fill: #ddebff; stroke: #4078c8; }
.centre rect { stroke-width: 3; }
.cited rect { fill: #ffffff; stroke: #8c959f; stroke-dasharray: 4 3; }
.link { fill: none; stroke: #8c959f; stroke-width: 1.2; }
.link:hover { stroke-width: 3; }
.old { stroke: #d1242f; stroke-dasharray: 6 4; }
.since { stroke: #b08800; stroke-dasharray: 2 3; }
.tip { fill: #8c959f; } .tip-old { fill: #d1242f; } .tip-since { fill: #b08800; }
.legend { text-anchor: start; }
@media (prefers-color-scheme: dark) {
svg { background: #0d1117; }
text { fill: #e6edf3; }
.small, .body { fill: #9198a1; }
.box { fill: #151b23; stroke: #3d444d; }
.node rect { fill: #16355f; stroke: #4c8dff; }
.cited rect { fill: #0d1117; stroke: #656c76; }
.link { stroke: #656c76; } .tip { fill: #656c76; }
.old { stroke: #ff6b6b; } .tip-old { fill: #ff6b6b; }
.since { stroke: #d4a72c; } .tip-since { fill: #d4a72c; }
}";

type Out = Writer<Cursor<Vec<u8>>>;
type Written = std::io::Result<()>;

/// Where a node opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address of the text or page, for the program that shows the picture.
    pub uri: String,
    /// The line there, counted from 0.
    pub line: u32,
}

/// Says where a node opens; `None` where it does not.
pub type Addresses<'a> = &'a dyn Fn(&Node) -> Option<Address>;

/// The graph as a picture in SVG, without scripts. A node that has an address carries it as `data-uri` and `data-line`, and
/// can be reached by the keyboard where the picture is part of a page.
///
/// # Errors
///
/// When the XML cannot be made, which writing into memory does not come to.
pub fn picture(graph: &Graph, addresses: Addresses<'_>) -> std::io::Result<String> {
    let mut out = Writer::new_with_indent(Cursor::new(Vec::new()), b' ', 1);
    write(&mut out, graph, addresses)?;
    let mut text = String::from_utf8(out.into_inner().into_inner()).map_err(std::io::Error::other)?;
    text.push('\n');
    Ok(text)
}

fn write(out: &mut Out, graph: &Graph, addresses: Addresses<'_>) -> Written {
    let found_addresses: Vec<Option<Address>> = graph.nodes.iter().map(addresses).collect();
    // What can be clicked is no mere image: a screen reader goes through its parts.
    let role = if found_addresses.iter().any(Option::is_some) { "group" } else { "img" };
    let layout = layout(graph);
    let found = overtaken_in(graph);
    let legend = if found.is_empty() { 0.0 } else { MARGIN + LINE * found.len() as f64 };
    let (width, height) = ((layout.width + 2.0 * MARGIN).max(360.0), layout.height + 2.0 * MARGIN + legend);
    let view = format!("{} {} {} {}", -MARGIN, -MARGIN, number(width), number(height));
    let svg = out.create_element("svg").with_attributes([
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", view.as_str()),
        ("width", number(width).as_str()),
        ("height", number(height).as_str()),
        ("role", role),
        ("aria-label", NAME),
    ]);
    svg.write_inner_content(|out| {
        element(out, "title", &[], NAME)?;
        element(out, "style", &[], STYLE)?;
        out.create_element("defs").write_inner_content(|out| {
            [None, Some(Overtaken::OutOfDate), Some(Overtaken::Since)].into_iter().try_for_each(|kind| tip(out, kind))
        })?;
        for place in &layout.boxes {
            rect(out, "box", (place.x, place.y), (place.width, place.height))?;
            text(out, "body", place.x + place.width / 2.0, place.y + 17.0, &clipped(&place.name, 30))?;
        }
        for edge in &graph.edges {
            link(out, graph, &layout, edge)?;
        }
        for (index, shown) in graph.nodes.iter().enumerate() {
            let address = found_addresses.get(index).and_then(Option::as_ref);
            let is_centre = graph.centre.contains(&index);
            node(out, shown, layout.nodes.get(index).copied().unwrap_or_default(), is_centre, address)?;
        }
        for (line, kind) in found.iter().enumerate() {
            let y = layout.height + MARGIN + LINE * (line as f64 + 0.5);
            let path = format!("M 0 {} H 48", number(y));
            path_element(out, Some(*kind), &path, None)?;
            text(out, "legend", 60.0, y + 4.0, meaning(*kind))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The end of an arrow.
fn tip(out: &mut Out, kind: Option<Overtaken>) -> Written {
    let marker = out.create_element("marker").with_attributes([
        ("id", format!("tip{}", suffix(kind)).as_str()),
        ("viewBox", "0 0 8 8"),
        ("refX", "7"),
        ("refY", "4"),
        ("markerWidth", "7"),
        ("markerHeight", "7"),
        ("orient", "auto"),
        ("markerUnits", "userSpaceOnUse"),
    ]);
    marker.write_inner_content(|out| {
        let class = format!("tip{}", suffix(kind));
        element(out, "path", &[("d", "M 0 0 L 8 4 L 0 8 Z"), ("class", &class)], "")
    })?;
    Ok(())
}

fn suffix(kind: Option<Overtaken>) -> &'static str {
    match kind {
        None => "",
        Some(Overtaken::OutOfDate) => "-old",
        Some(Overtaken::Since) => "-since",
    }
}

/// A link: from the side of who cites to the side of what is cited that face each other; around on the right where both
/// stand in one layer.
fn link(out: &mut Out, graph: &Graph, layout: &Layout, edge: &Edge) -> Written {
    let (Some(from), Some(to)) = (layout.nodes.get(edge.from), layout.nodes.get(edge.to)) else { return Ok(()) };
    let layer = |node: usize| layout.layers.get(node).copied().unwrap_or(0);
    let (y1, y2) = (from.1 + NODE.1 / 2.0, to.1 + NODE.1 / 2.0);
    let path = match layer(edge.to).cmp(&layer(edge.from)) {
        Ordering::Greater => {
            let start = from.0 + NODE.0;
            let bend = ((to.0 - start) / 2.0).max(30.0);
            curve((start, y1), start + bend, to.0 - bend, (to.0, y2))
        }
        Ordering::Less => {
            let end = to.0 + NODE.0;
            let bend = ((from.0 - end) / 2.0).max(30.0);
            curve((from.0, y1), from.0 - bend, end + bend, (end, y2))
        }
        Ordering::Equal => {
            let (start, end) = (from.0 + NODE.0, to.0 + NODE.0);
            let bend = (34.0 + (y1 - y2).abs() / 8.0).min(AROUND);
            curve((start, y1), start.max(end) + bend, start.max(end) + bend, (end, y2))
        }
    };
    path_element(out, edge.overtaken, &path, Some(&tooltip(graph, edge)))
}

fn curve(start: (f64, f64), x1: f64, x2: f64, end: (f64, f64)) -> String {
    let (sy, ey) = (number(start.1), number(end.1));
    format!("M {} {sy} C {} {sy}, {} {ey}, {} {ey}", number(start.0), number(x1), number(x2), number(end.0))
}

fn path_element(out: &mut Out, kind: Option<Overtaken>, path: &str, tooltip: Option<&str>) -> Written {
    let class = match kind {
        None => "link",
        Some(Overtaken::OutOfDate) => "link old",
        Some(Overtaken::Since) => "link since",
    };
    let marker = format!("url(#tip{})", suffix(kind));
    let element = out.create_element("path").with_attributes([("class", class), ("d", path), ("marker-end", &marker)]);
    match tooltip {
        Some(tooltip) => element.write_inner_content(|out| self::element(out, "title", &[], tooltip))?,
        None => element.write_empty()?,
    };
    Ok(())
}

fn node(out: &mut Out, node: &Node, (x, y): (f64, f64), is_centre: bool, address: Option<&Address>) -> Written {
    let class = match (node.is_text, is_centre) {
        (true, true) => "node centre",
        (true, false) => "node",
        (false, _) => "node cited",
    };
    let name = node.title.as_deref().map_or_else(|| node.name.clone(), |title| format!("{}: {title}", node.name));
    let line = address.map(|address| address.line.to_string()).unwrap_or_default();
    let link = address.map(|address| {
        [
            ("data-uri", address.uri.as_str()),
            ("data-line", line.as_str()),
            ("tabindex", "0"),
            ("role", "link"),
            ("aria-label", name.as_str()),
        ]
    });
    let attributes = [("class", class)].into_iter().chain(link.into_iter().flatten());
    out.create_element("g").with_attributes(attributes).write_inner_content(|out| {
        element(out, "title", &[], &name)?;
        rect(out, "", (x, y), NODE)?;
        let middle = x + NODE.0 / 2.0;
        match short_title(node) {
            Some(title) => {
                text(out, "", middle, y + 17.0, &clipped(&node.name, 28))?;
                text(out, "small", middle, y + 32.0, &title)
            }
            None => text(out, "", middle, y + 25.0, &clipped(&node.name, 28)),
        }
    })?;
    Ok(())
}

fn rect(out: &mut Out, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) -> Written {
    let (x, y, width, height) = (number(x), number(y), number(width), number(height));
    let places = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height), ("rx", "6")];
    let class = Some(("class", class)).filter(|(_, class)| !class.is_empty());
    out.create_element("rect").with_attributes(class.into_iter().chain(places)).write_empty()?;
    Ok(())
}

fn text(out: &mut Out, class: &str, x: f64, y: f64, words: &str) -> Written {
    let (x, y) = (number(x), number(y));
    let class = Some(("class", class)).filter(|(_, class)| !class.is_empty());
    let attributes: Vec<_> = class.into_iter().chain([("x", x.as_str()), ("y", &y)]).collect();
    element(out, "text", &attributes, words)
}

/// An element with words in it, or none.
fn element(out: &mut Out, name: &str, attributes: &[(&str, &str)], words: &str) -> Written {
    let element = out.create_element(name).with_attributes(attributes.iter().copied());
    if words.is_empty() {
        element.write_empty()?;
    } else {
        // XML has no place for control characters, not even escaped.
        let words: String = words.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let event = Event::Text(BytesText::new(&words));
        element.write_inner_content(|out| out.write_event(event))?;
    }
    Ok(())
}

/// A number with at most one digit behind the point.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::graph::sample::sample;

    fn shown(graph: &Graph) -> String {
        picture(graph, &|_| None).expect("memory can be written to")
    }

    #[test]
    fn what_is_special_in_xml_is_escaped() {
        let picture = shown(&sample());
        assert!(picture.contains("Networks &amp; &quot;next&quot; &lt;generations&gt;"), "{picture}");
        assert_eq!(picture, shown(&sample()), "the same graph, the same picture");
    }

    #[test]
    fn only_what_there_is_has_a_legend() {
        let mut graph = sample();
        assert!(shown(&graph).contains(">out of date</text>"));
        graph.edges.iter_mut().for_each(|edge| edge.overtaken = None);
        assert!(!shown(&graph).contains("class=\"legend\""));
    }

    #[test]
    fn nothing_is_an_empty_picture() {
        assert!(shown(&Graph::default()).contains("<svg"));
    }

    #[test]
    fn a_node_that_opens_carries_its_address() {
        let of_the_draft = |node: &Node| {
            let uri = "file:///a%20\"b\".resmark?<&>".to_owned();
            node.id.is_none().then_some(Address { uri, line: 7 })
        };
        let picture = picture(&Graph { centre: vec![3], ..sample() }, &of_the_draft).expect("memory can be written to");
        let nodes: Vec<&str> = picture.lines().filter(|line| line.contains("<g ")).map(str::trim).collect();
        assert_eq!(
            nodes,
            [
                "<g class=\"node\">",
                "<g class=\"node cited\">",
                "<g class=\"node\">",
                "<g class=\"node centre\" data-uri=\"file:///a%20&quot;b&quot;.resmark?&lt;&amp;&gt;\" data-line=\"7\" \
                 tabindex=\"0\" role=\"link\" aria-label=\"drafts\\a &quot;b&quot;.resmark\">",
            ]
        );
        assert!(!shown(&sample()).contains("tabindex"), "what does not open is not passed through");
    }
}
