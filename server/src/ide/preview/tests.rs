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
            let line = file.reading().rope.byte_to_line(selection.start().into());
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
    for line in text::lines(&shown, width, text::Changes::Marked) {
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

const PROPOSAL: &str = "---\nbody: PP\n---\n\nMOD EUR/1/1\n\n# Resolution 140 ({~~Dubai, 2018~>Rev. Geneva, 2026~~})\n## Lamps{++ and \
     shades++}\n\n*resolves*\n\n{--1. to light a lamp;--}\n{++1. to buy a shade;++}\n2. to {--dim the--}{++switch off all++} lamps [at \
     night] {>>Which night?<<}, \nas *resolves* 1 above says {>>allow reference/stale: known<<}.\n\nReasons: Moths.\n";

#[test]
fn the_tracked_view_has_both_readings_and_comments_but_no_excuses() {
    check(
        View::Tracked,
        PROPOSAL,
        expect![[r##"
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="mark strong" data-line="4"><strong>MOD</strong> EUR/1/1</p>
        <h1 class="title center capitals changed" data-line="6">Resolution 140 (<del>Dubai, 2018</del><ins>Rev. Geneva, 2026</ins>)</h1>
        <h2 class="subject center strong changed" data-line="7">Lamps<ins> and shades</ins></h2>
        <h3 class="heading emphasis indented" data-line="9"><em>resolves</em></h3>
        <p class="clause hanging changed deleted" data-line="11"><span class="label"><del>1.</del></span> <span class="words"><del>to light a lamp;</del></span></p>
        <p class="clause hanging changed inserted" data-line="12"><span class="label"><ins>1.</ins></span> <span class="words"><ins>to buy a shade;</ins></span></p>
        <p class="clause hanging changed" data-line="13"><span class="label">2.</span> <span class="words">to <del>dim the</del><ins>switch off all</ins> lamps [at night] <span class="comment">Which night?</span>, as <a class="reference" href="#" data-uri="main.resmark" data-line="12" title="1. to buy a shade;"><em>resolves</em> 1 above</a> says .</span></p>
        <p class="reasons" data-line="16"><strong>Reasons:</strong> Moths.</p>
    "##]],
    );
}

#[test]
fn the_text_in_force_has_the_deletions_alone() {
    check(
        View::InForce,
        PROPOSAL,
        expect![[r##"
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="mark strong" data-line="4"><strong>MOD</strong> EUR/1/1</p>
        <h1 class="title center capitals" data-line="6">Resolution 140 (Dubai, 2018)</h1>
        <h2 class="subject center strong" data-line="7">Lamps</h2>
        <h3 class="heading emphasis indented" data-line="9"><em>resolves</em></h3>
        <p class="clause hanging" data-line="11"><span class="label">1.</span> <span class="words">to light a lamp;</span></p>
        <p class="clause hanging" data-line="13"><span class="label">2.</span> <span class="words">to dim the lamps [at night] , as <a class="reference" href="#" data-uri="main.resmark" data-line="11" title="1. to light a lamp;"><em>resolves</em> 1 above</a> says .</span></p>
        <p class="reasons" data-line="16"><strong>Reasons:</strong> Moths.</p>
    "##]],
    );
}

#[test]
fn the_text_as_amended_has_the_insertions_alone() {
    check(
        View::AsAmended,
        PROPOSAL,
        expect![[r##"
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="mark strong" data-line="4"><strong>MOD</strong> EUR/1/1</p>
        <h1 class="title center capitals" data-line="6">Resolution 140 (Rev. Geneva, 2026)</h1>
        <h2 class="subject center strong" data-line="7">Lamps and shades</h2>
        <h3 class="heading emphasis indented" data-line="9"><em>resolves</em></h3>
        <p class="clause hanging" data-line="12"><span class="label">1.</span> <span class="words">to buy a shade;</span></p>
        <p class="clause hanging" data-line="13"><span class="label">2.</span> <span class="words">to switch off all lamps [at night] , as <a class="reference" href="#" data-uri="main.resmark" data-line="12" title="1. to buy a shade;"><em>resolves</em> 1 above</a> says .</span></p>
        <p class="reasons" data-line="16"><strong>Reasons:</strong> Moths.</p>
    "##]],
    );
}

#[test]
fn the_label_of_new_words_is_new() {
    check(
        View::Tracked,
        "a) {++new++}\nb) {--old--}\n",
        expect![[r#"
            <section class="sheet itu" lang="en" dir="ltr">
            <p class="clause hanging changed inserted" data-line="0"><span class="label"><ins><em>a)</em></ins></span> <span class="words"><ins>new</ins></span></p>
            <p class="clause hanging changed deleted" data-line="1"><span class="label"><del><em>b)</em></del></span> <span class="words"><del>old</del></span></p>
        "#]],
    );
}

#[test]
fn what_is_abrogated_needs_no_text() {
    let text =
        "SUP EUR/1/2\n\n# Resolution 113 (Marrakesh, 2002)\n\nReasons: Done.\n\n(MOD) EUR/1/3\n\n# Resolution 140\n";
    check(
        View::AsAmended,
        text,
        expect![[r#"
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="mark strong" data-line="0"><strong>SUP</strong> EUR/1/2</p>
        <h1 class="title center capitals" data-line="2">Resolution 113 (Marrakesh, 2002)</h1>
        <p class="reasons" data-line="4"><strong>Reasons:</strong> Done.</p>
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="mark strong" data-line="6"><strong>(MOD)</strong> EUR/1/3</p>
        <h1 class="title center capitals" data-line="8">Resolution 140</h1>
    "#]],
    );
}

#[test]
fn what_is_all_new_is_not_in_force() {
    check(
        View::InForce,
        "{++*resolves* to begin.++}\n",
        expect![[r#"
        <section class="sheet un" lang="en" dir="ltr">
        <p class="note" lang="en" dir="ltr">Nothing of this is in force: the proposal adds all of it.</p>
    "#]],
    );
    check(
        View::AsAmended,
        "{--*resolves* to begin.--}\n",
        expect![[r#"
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="note" lang="en" dir="ltr">Nothing of this is left: the proposal deletes all of it.</p>
    "#]],
    );
}

#[test]
fn an_empty_text_says_what_to_write() {
    check(
        View::Tracked,
        "",
        expect![[r#"
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="note" lang="en" dir="ltr">There is nothing to print yet. Write a title, for example “# Resolution 1 (Geneva, 2026)”, below it “## ” and the subject, and then the organ that acts.</p>
    "#]],
    );
}

#[test]
fn a_paragraph_alone_is_a_page() {
    check(
        View::Tracked,
        "Only these “words” – no more.\n",
        expect![[r#"
        <section class="sheet itu" lang="en" dir="ltr">
        <p class="enacting" data-line="0">Only these “words” – no more.</p>
    "#]],
    );
}

#[test]
fn citations_that_are_out_of_date_say_so_in_words() {
    check(
        View::Tracked,
        "---\nbody: UNGA\n---\n\n1. *Requests* that Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference, \
         Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, Resolution 69, [Resolution 140 (Rev. Busan, \
         2014)](=) of the Plenipotentiary Conference and Resolution 199 (Bucharest, 2022) of the Plenipotentiary Conference be \
         read.\n",
        expect![[r##"
            <section class="sheet un" lang="en" dir="ltr">
            <p class="clause first-line running" data-line="4"><span class="label">1.</span> <span class="words"><em>Requests</em> that <a class="citation outdated" href="#" data-uri="page PP-140" data-line="0" title="PP-140@2018 · ITU's role in implementing the outcomes of the World Summit on the Infor…
            This version of Resolution 140 is out of date: (Rev. Bucharest, 2022) has been in force since 14 October 2022. Cite that version, or pin the citation if the old one is meant.">Resolution 140 (Rev. Dubai, 2018)</a> of the Plenipotentiary Conference, <a class="citation in-force" href="#" data-uri="page PP-140" data-line="0" title="PP-140@2022 · ITU's role in implementing the outcomes of the World Summit on the Infor…">Resolution 140 (Rev. Bucharest, 2022)</a> of the Plenipotentiary Conference, <a class="citation open" href="#" title="Which body adopted it is open.
            Name the body beside it.">Resolution 69</a>, <a class="citation pinned" href="#" data-uri="page PP-140" data-line="0" title="PP-140@2014 · ITU's role in implementing the outcomes of the World Summit on the Infor…
            This version is meant.">Resolution 140 (Rev. Busan, 2014)</a> of the Plenipotentiary Conference and <a class="citation unknown" href="#" data-uri="page PP-199" data-line="0" title="PP-199@2022
            The catalogue does not have this version.">Resolution 199 (Bucharest, 2022)</a> of the Plenipotentiary Conference be read.</span></p>
        "##]],
    );
}

#[test]
fn members_of_a_group_are_links_of_their_own() {
    check(
        View::Tracked,
        "*recalling*\n\na) Resolutions 101 and 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference,\n",
        expect![[r##"
            <section class="sheet itu" lang="en" dir="ltr">
            <h3 class="heading emphasis indented" data-line="0"><em>recalling</em></h3>
            <p class="clause hanging" data-line="2"><span class="label"><em>a)</em></span> <span class="words"><a class="citation unknown" href="#" data-uri="page PP-101" data-line="0" title="PP-101@2022 · Internet protocol-based networks
            The catalogue does not have this version.">Resolutions 101</a> and <a class="citation in-force" href="#" data-uri="page PP-140" data-line="0" title="PP-140@2022 · ITU's role in implementing the outcomes of the World Summit on the Infor…">140 (Rev. Bucharest, 2022)</a> of the Plenipotentiary Conference,</span></p>
        "##]],
    );
}

#[test]
fn a_citation_half_of_which_changes_is_one_link() {
    check(
        View::Tracked,
        "*recalling*\n\na) Resolution 140 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~}) of the Plenipotentiary Conference,\n",
        expect![[r##"
            <section class="sheet itu" lang="en" dir="ltr">
            <h3 class="heading emphasis indented" data-line="0"><em>recalling</em></h3>
            <p class="clause hanging changed" data-line="2"><span class="label"><em>a)</em></span> <span class="words"><a class="citation in-force" href="#" data-uri="page PP-140" data-line="0" title="PP-140@2022 · ITU's role in implementing the outcomes of the World Summit on the Infor…">Resolution 140 (Rev. <del>Dubai, 2018</del><ins>Bucharest, 2022</ins>)</a> of the Plenipotentiary Conference,</span></p>
        "##]],
    );
}

#[test]
fn footnotes_stand_at_the_foot_of_what_calls_for_them() {
    check(
        View::AsAmended,
        "[^b]: Second.\n\n*resolves*\n\n1. to sit[^a] {--still[^b]--};\n\n### Annex 1\n\n1. Chairs[^b].\n\n[^a]: First.\n[^c]: Never.\n",
        expect![[r##"
            <section class="sheet itu" lang="en" dir="ltr">
            <h3 class="heading emphasis indented" data-line="2"><em>resolves</em></h3>
            <p class="clause hanging" data-line="4"><span class="label">1.</span> <span class="words">to sit<a class="footnote-reference" href="#" data-uri="main.resmark" data-line="10" title="First."><sup>a</sup></a> ;</span></p>
            <p class="footnote hanging" data-line="10"><span class="label">a</span> <span class="words">First.</span></p>
            <p class="footnote hanging" data-line="0"><span class="label">b</span> <span class="words">Second.</span></p>
            <h2 class="division center capitals" data-line="6">Annex 1</h2>
            <p class="clause hanging" data-line="8"><span class="label">1.</span> <span class="words">Chairs<a class="footnote-reference" href="#" data-uri="main.resmark" data-line="0" title="Second."><sup>b</sup></a>.</span></p>
            <p class="footnote hanging" data-line="11"><span class="label">c</span> <span class="words">Never.</span></p>
        "##]],
    );
}

#[test]
fn chinese_and_arabic_have_their_directions() {
    check(
        View::Tracked,
        "---\nprofile: itu\n---\n\n# 第140号决议（2022年，布加勒斯特，修订版）\n## 峰会成果\n\n国际电信联盟全权代表大会（2022年，布加勒斯特），\n\n*忆及*\n\n\
         a) 峰会的\n成果，\n",
        expect![[r#"
            <section class="sheet itu" lang="zh" dir="ltr">
            <h1 class="title center capitals" data-line="4">第140号决议（2022年，布加勒斯特，修订版）</h1>
            <h2 class="subject center strong" data-line="5">峰会成果</h2>
            <p class="enacting" data-line="7">国际电信联盟全权代表大会（2022年，布加勒斯特），</p>
            <h3 class="heading emphasis indented" data-line="9"><em>忆及</em></h3>
            <p class="clause hanging" data-line="11"><span class="label"><em>a)</em></span> <span class="words">峰会的成果，</span></p>
        "#]],
    );
    check(
        View::Tracked,
        "---\nprofile: itu\n---\n\n# القرار 140 (المراجَع في بوخارست، 2022)\n\nإن مؤتمر المندوبين المفوضين،\n\n*إذ يذكّر*\n\nأ) بالقمة.\n\n\
         This paragraph is in English, for who reads the other one.\n",
        expect![[r#"
            <section class="sheet itu" lang="ar" dir="rtl">
            <h1 class="title center capitals" data-line="4">القرار 140 (المراجَع في بوخارست، 2022)</h1>
            <p class="enacting" data-line="6">إن مؤتمر المندوبين المفوضين،</p>
            <h3 class="heading emphasis indented" data-line="8"><em>إذ يذكّر</em></h3>
            <p class="clause hanging" data-line="10"><span class="label"><em>أ)</em></span> <span class="words">بالقمة.</span></p>
            <p class="text" lang="en" dir="ltr" data-line="12">This paragraph is in English, for who reads the other one.</p>
        "#]],
    );
}

#[test]
fn french_spanish_and_russian_keep_their_marks() {
    for text in [
        "# Résolution 140 (Rév. Bucarest, 2022)\n\nLa Conférence de plénipotentiaires (Bucarest, 2022),\n\n*décide*\n\n1 de lire « ceci » ;\n",
        "# Resolución 140 (Rev. Bucarest, 2022)\n\nLa Conferencia de Plenipotenciarios (Bucarest, 2022),\n\n*resuelve*\n\n1\tleer «esto»;\n",
        "# Резолюция 140 (Пересм. Бухарест, 2022 г.)\n\nПолномочная конференция (Бухарест, 2022 г.),\n\n*решает*\n\n1\tчитать „это“;\n",
    ] {
        let (snapshot, file, _) = workspace(text);
        let shown = preview(&snapshot, file, View::Tracked).expect("the file is there");
        let page = html::write(&shown, &|_| None);
        for words in
            text.lines().filter_map(|line| line.split(['#', '*', '\t']).rfind(|words| !words.trim().is_empty()))
        {
            assert!(page.contains(words.trim()), "{words}: {page}");
        }
    }
}

#[test]
fn a_page_of_its_own_leads_nowhere_else() {
    let (snapshot, file, _) = workspace("# A <b> & \"c\"\n\n*notes*\n\na) Resolution 140;\nb) *notes* a) above.\n");
    let shown = preview(&snapshot, file, View::Tracked).expect("the file is there");
    let page = html::page(&shown, snapshot.file(file).expect("loaded"));
    assert!(page.contains("<title>A &lt;b&gt; &amp; \"c\"</title>"), "{page}");
    assert!(page.contains("<a class=\"reference\" href=\"#line-4\""), "{page}");
    let (_, body) = page.split_once("<body>").expect("a page has a body");
    assert!(!page.contains("<script") && !body.contains("data-uri") && !body.contains("href=\"#\""), "{page}");
}

#[test]
fn words_wrap_with_their_marks() {
    check_text(
        View::Tracked,
        24,
        "1. to read {++all of the new words++} and *every* one {>>now?<<};\n   a) 这是一段很长的中文，要在终端里换行；\n",
        expect![[r#"
            1.  to read all of the
              label: 1.
              insertion: all of the
                new words and every
              insertion: new words
              emphasis: every
                one ‹now?›;
              comment: ‹now?›

                a)  这是一段很长的中
              label: a)
                    文，要在终端里换
                    行；
        "#]],
    );
}

#[test]
fn a_terminal_without_marks_has_signs() {
    let (snapshot, file, _) = workspace("1. to {~~sit~>*stand* up~~};\n");
    let shown = preview(&snapshot, file, View::Tracked).expect("the file is there");
    let lines = text::lines(&shown, 40, text::Changes::Signed);
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["1.  to {--sit--}{++stand up++};"]);
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
        for line in text::lines(&shown, width, text::Changes::Marked) {
            prop_assert!(!line.text.chars().any(char::is_control), "{:?}", line.text);
            for mark in &line.marks {
                prop_assert!(line.text.get(mark.range.clone()).is_some_and(|words| !words.is_empty()), "{line:?}");
            }
        }
    }
}
