//! What is printed. Each test shows a text and the page.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use scraper::{ElementRef, Html, Node};

use super::{View, html, preview, text};
use crate::ide::definition::Destination;
use crate::ide::tests::workspace;
use crate::syntax::{ParagraphKind, Side};

/// The page of a text, as HTML without the article around it; addresses are the names of files.
fn check(view: View, fixture: &str, expected: Expect) {
    let (snapshot, file, _) = workspace(fixture);
    let shown = preview(&snapshot, file, view).expect("the file is there");
    let address = |place: &Destination| match place {
        Destination::File { file, selection, .. } => {
            let file = snapshot.file(*file)?;
            let line = file.reading.rope.byte_to_line(selection.start().into());
            Some((file.location.name(), line as u32))
        }
        Destination::Page { id, .. } => Some((format!("page {id}"), 0)),
    };
    let written = html::write(&shown, &address);
    let blocks = written.lines().filter(|line| !line.starts_with("<article") && !line.starts_with("</section"));
    expected.assert_eq(&blocks.map(|line| format!("{line}\n")).collect::<String>());
}

/// The page of a text, as lines of a terminal; below a line with marks stands what they are.
fn check_text(view: View, width: usize, fixture: &str, expected: Expect) {
    let (snapshot, file, _) = workspace(fixture);
    let shown = preview(&snapshot, file, view).expect("the file is there");
    let mut out = String::new();
    for line in text::lines(&shown, width) {
        out += line.text.trim_end();
        out += "\n";
        for mark in &line.marks {
            out += &format!("  {}: {}\n", mark.kind, &line.text[mark.range.clone()]);
        }
    }
    expected.assert_eq(&out);
}

const ITU: &str = "---\nbody: PP\n---\n\n# Resolution 9001 (Bucharest, 2022)\n## Benches\n\nThe Plenipotentiary Conference \
     of the International Telecommunication Union (Bucharest, 2022),\n\n*recalling*\n\na) the first bench[^1];\nb) the \
     second,\n\n*resolves*\n\n1. to sit:\n   i) here;\n2. to report on *resolves* 1 above.\n\n[^1]: Of wood.\n\n### Annex \
     1\nKinds of wood\n\n1. Oak.\n";

#[test]
fn an_itu_resolution_is_centred_and_its_clauses_hang_behind_their_labels() {
    check(
        View::Tracked,
        ITU,
        expect![[r##"
        <section class="sheet itu" lang="en" dir="ltr">
        <h1 class="title center capitals" data-line="4">Resolution 9001 (Bucharest, 2022)</h1>
        <h2 class="subject center strong" data-line="5">Benches</h2>
        <p class="enacting" data-line="7">The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),</p>
        <h3 class="heading emphasis indented" data-line="9"><em>recalling</em></h3>
        <p class="clause hanging" data-line="11"><span class="label"><em>a)</em></span> <span class="words">the first bench<a class="footnote-reference" href="#" data-uri="main.resmark" data-line="20" title="Of wood."><sup>1</sup></a>;</span></p>
        <p class="clause hanging" data-line="12"><span class="label"><em>b)</em></span> <span class="words">the second,</span></p>
        <h3 class="heading emphasis indented" data-line="14"><em>resolves</em></h3>
        <p class="clause hanging" data-line="16"><span class="label">1.</span> <span class="words">to sit:</span></p>
        <p class="clause hanging level-1" data-line="17"><span class="label">i)</span> <span class="words">here;</span></p>
        <p class="clause hanging" data-line="18"><span class="label">2.</span> <span class="words">to report on <a class="reference" href="#" data-uri="main.resmark" data-line="16" title="1. to sit:"><em>resolves</em> 1 above</a>.</span></p>
        <p class="footnote hanging" data-line="20"><span class="label">1</span> <span class="words">Of wood.</span></p>
        <h2 class="division center capitals" data-line="22">Annex 1</h2>
        <p class="division-title center strong" data-line="23">Kinds of wood</p>
        <p class="clause hanging" data-line="25"><span class="label">1.</span> <span class="words">Oak.</span></p>
    "##]],
    );
}

#[test]
fn a_un_resolution_runs_on_behind_its_labels() {
    check(
        View::Tracked,
        "---\nbody: UNGA\n---\n\n# Resolution 80/901\n## Benches\n\n*The General Assembly*,\n\n*Recalling* its resolution \
         70/125 of 16 December 2015,\n\n1. *Decides* to sit:\n\n   (a) Here.\n",
        expect![[r##"
            <section class="sheet un" lang="en" dir="ltr">
            <h1 class="title strong" data-line="4">Resolution 80/901</h1>
            <h2 class="subject strong" data-line="5">Benches</h2>
            <h3 class="heading emphasis first-line" data-line="7"><em>The General Assembly</em>,</h3>
            <p class="clause first-line running" data-line="9"><em>Recalling</em> its <a class="citation in-force" href="#" data-uri="page UNGA-70/125" data-line="0" title="UNGA-70/125 · overall review of the implementation of the outcomes of the World Summit…">resolution 70/125 of 16 December 2015</a>,</p>
            <p class="clause first-line running" data-line="11"><span class="label">1.</span> <span class="words"><em>Decides</em> to sit:</span></p>
            <p class="clause first-line running level-1" data-line="13"><span class="label">(a)</span> <span class="words">Here.</span></p>
        "##]],
    );
}

#[test]
fn a_terminal_shows_the_same_page() {
    check_text(
        View::Tracked,
        50,
        ITU,
        expect![[r#"
                RESOLUTION 9001 (BUCHAREST, 2022)
          heading: RESOLUTION 9001 (BUCHAREST, 2022)

                             Benches
          heading: Benches
          strong: Benches

        The Plenipotentiary Conference of the
        International Telecommunication Union (Bucharest,
        2022),

            recalling
          heading: recalling
          emphasis: recalling

        a)  the first bench[1];
          label: a)
          emphasis: a)
          footnote: [1]

        b)  the second,
          label: b)
          emphasis: b)

            resolves
          heading: resolves
          emphasis: resolves

        1.  to sit:
          label: 1.

            i)  here;
          label: i)

        2.  to report on resolves 1 above.
          label: 2.
          emphasis: resolves
          citation: resolves 1 above

        ────────────────
        1   Of wood.
          label: 1

                             ANNEX 1
          heading: ANNEX 1

                          Kinds of wood
          heading: Kinds of wood
          strong: Kinds of wood

        1.  Oak.
          label: 1.
    "#]],
    );
}

/// What a text may be made of: markup, whole and broken, and what a page must not take for its own.
const PIECES: &[&str] = &[
    "<script>alert(1)</script>",
    "</article>",
    "<img src=x onerror=alert(1)>",
    "\" onclick=\"x",
    "' title='",
    "&lt;",
    "&amp;#x3c;",
    "javascript:alert(1)",
    "[text](javascript:alert(1))",
    "[old](PP-140@2018)",
    "[\"x\"](=)",
    "<!--",
    "-->",
    "<![CDATA[",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{1}",
    "\u{b}",
    "\u{7f}",
    "\u{85}",
    "\u{feff}",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    "\t",
    "# ",
    "## ",
    "### ",
    "MOD A/1",
    "SUP A/2",
    "*recalling*",
    "*",
    "a) ",
    "b) ",
    "1. ",
    "   (i) ",
    "{++",
    "++}",
    "{--",
    "--}",
    "{~~",
    "~>",
    "~~}",
    "{>>",
    "<<}",
    "{++new++}",
    "{--old--}",
    "{~~b~>c~~}) ",
    "{>>why <b>?<<}",
    "{>>allow numbering/gap: so<<}",
    "[^1]",
    "[^1]: ",
    "[^<x>]",
    "Reasons: ",
    "Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference",
    "*resolves* 1 above",
    "resolution 70/125",
    "\\",
    "`",
    "words",
    "第140号决议（2018年，迪拜，修订版）",
    "القرار 140",
    "é",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "---\nbody: PP\n---\n",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(|c| c.to_string())];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The elements that a preview is made of, with their attributes.
const ALLOWED: &[(&str, &[&str])] = &[
    ("html", &[]),
    ("article", &["class", "lang", "dir"]),
    ("section", &["class", "lang", "dir"]),
    ("h1", &["class", "lang", "dir", "data-line"]),
    ("h2", &["class", "lang", "dir", "data-line"]),
    ("h3", &["class", "lang", "dir", "data-line"]),
    ("p", &["class", "lang", "dir", "data-line"]),
    ("span", &["class"]),
    ("a", &["class", "href", "data-uri", "data-line", "title"]),
    ("ins", &[]),
    ("del", &[]),
    ("em", &[]),
    ("strong", &[]),
    ("sup", &[]),
    ("code", &[]),
];

/// The words of an element in a reading, without what is no text of the document.
fn words_in(element: ElementRef<'_>, side: Side, out: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) => {
                let other = if side == Side::Amended { "del" } else { "ins" };
                let is_ours = inner.name() == "sup" || inner.attr("class").is_some_and(|class| class == "comment");
                if let Some(inner) = ElementRef::wrap(child).filter(|_| !is_ours && inner.name() != other) {
                    words_in(inner, side, out);
                }
            }
            _ => {}
        }
    }
}

/// Words without white space, which HTML takes as it likes, and with what cannot be shown as the page shows it.
fn bare(text: &str) -> String {
    let shown = |c: char| if c.is_control() && !c.is_whitespace() { '\u{fffd}' } else { c };
    text.chars().map(shown).filter(|c| !c.is_whitespace() && *c != '\u{fffd}').collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_page_holds_the_text_and_nothing_of_its_making(text in hostile()) {
        let text = text.replace("$0", "").replace("//- ", "");
        let (snapshot, file, _) = workspace(&text);
        let document = &snapshot.file(file).expect("loaded").facts().document;
        for view in [View::InForce, View::Tracked, View::AsAmended] {
            let shown = preview(&snapshot, file, view).expect("the file is there");
            let page = Html::parse_fragment(&html::write(&shown, &|_| Some(("u\"ri<".to_owned(), 1))));
            for element in page.root_element().descendants().filter_map(ElementRef::wrap) {
                let name = element.value().name();
                let allowed = ALLOWED.iter().find(|(own, _)| *own == name);
                prop_assert!(allowed.is_some(), "<{name}>");
                for (attribute, value) in element.value().attrs() {
                    prop_assert!(allowed.is_some_and(|(_, all)| all.contains(&attribute)), "<{name} {attribute}>");
                    prop_assert!(attribute != "href" || value == "#");
                    let of_ours = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | ' ');
                    prop_assert!(attribute != "class" || value.chars().all(of_ours), "{value}");
                }
            }
            for side in Side::BOTH.into_iter().filter(|side| view.shows(*side)) {
                let is_block = |element: &ElementRef<'_>| {
                    let class = element.value().attr("class").unwrap_or_default();
                    element.value().attr("data-line").is_some() && element.value().name() != "a" && !class.starts_with("mark")
                };
                let blocks = page.root_element().descendants().filter_map(ElementRef::wrap).filter(is_block);
                let mut printed: Vec<String> = blocks
                    .map(|block| {
                        let mut words = String::new();
                        words_in(block, side, &mut words);
                        bare(&words)
                    })
                    .filter(|words| !words.is_empty())
                    .collect();
                let paragraphs = document.paragraphs.iter().filter(|paragraph| paragraph.is_in(side));
                let mut written: Vec<String> = paragraphs
                    .map(|paragraph| {
                        let label = match paragraph.kind {
                            ParagraphKind::Footnote => paragraph.footnote.as_deref(),
                            _ => paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()),
                        };
                        bare(&format!("{}{}", label.unwrap_or_default(), paragraph.views[side].text))
                    })
                    .filter(|words| !words.is_empty())
                    .collect();
                printed.sort();
                written.sort();
                prop_assert_eq!(printed, written);
            }
        }
    }

    #[test]
    fn a_terminal_gets_no_control_characters_and_no_long_lines(text in hostile(), width in 20usize..120) {
        let text = text.replace("$0", "").replace("//- ", "");
        let (snapshot, file, _) = workspace(&text);
        let shown = preview(&snapshot, file, View::Tracked).expect("the file is there");
        for line in text::lines(&shown, width) {
            prop_assert!(!line.text.chars().any(char::is_control), "{:?}", line.text);
            for mark in &line.marks {
                prop_assert!(line.text.get(mark.range.clone()).is_some_and(|words| !words.is_empty()), "{line:?}");
            }
        }
    }
}
