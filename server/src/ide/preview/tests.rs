//! What is printed. Each test shows a text and the page.

use expect_test::{Expect, expect};

use super::{View, html, preview, text};
use crate::ide::definition::Destination;
use crate::ide::tests::workspace;

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
