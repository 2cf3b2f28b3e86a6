//! What the rules on closing marks find and write, in six languages and both readings.

use proptest::prelude::*;

use crate::rules::testing::findings;
use crate::rules::{Finding, Remedy};
use crate::syntax::TextEdit;

fn found(text: &str) -> Vec<Finding> {
    let mut found = findings("drafting/punctuation", text);
    found.extend(findings("drafting/full-stop", text));
    found.sort_by_key(|finding| finding.range.start());
    found
}

/// The text after the first fix of each finding; of those that cannot be wrong alone with `certain`.
fn fixed(text: &str, certain: bool) -> String {
    let fixes = found(text).into_iter().filter_map(|finding| finding.fixes.into_iter().next());
    let edits: Vec<TextEdit> = fixes
        .filter(|fix| fix.certain || !certain)
        .flat_map(|fix| match fix.remedy {
            Remedy::Edits(edits) => edits,
            Remedy::Renumber(_) => Vec::new(),
        })
        .collect();
    TextEdit::apply_all(text, &edits).expect("edits of different clauses do not overlap")
}

fn itu(text: &str) -> String {
    format!("---\nprofile: itu\n---\n\n{text}")
}

fn unga(text: &str) -> String {
    format!("---\nprofile: unga\n---\n\n{text}")
}

/// Each message with the words that it is about.
fn messages(text: &str) -> Vec<(String, String)> {
    found(text).into_iter().map(|finding| (text[finding.range].to_owned(), finding.message)).collect()
}

#[test]
fn marks_are_written_in_the_script_of_the_clause() {
    for (wrong, right) in [
        ("*resolves*\n\n1. to paint,\n2. to mend.\n", "*resolves*\n\n1. to paint;\n2. to mend.\n"),
        ("*decide*\n\n1. pintar\n2. reparar.\n", "*decide*\n\n1. pintar;\n2. reparar.\n"),
        ("*решает*\n\n1. красить,\n2. чинить.\n", "*решает*\n\n1. красить;\n2. чинить.\n"),
        ("*做出决议*\n\n1. 油漆，\n2. 修理。\n", "*做出决议*\n\n1. 油漆；\n2. 修理。\n"),
        ("*يقرر*\n\n1. الطلاء،\n2. الإصلاح.\n", "*يقرر*\n\n1. الطلاء؛\n2. الإصلاح.\n"),
        ("*décide*\n\n1. de peindre,\n2. de réparer.\n", "*décide*\n\n1. de peindre;\n2. de réparer.\n"),
    ] {
        assert_eq!(fixed(&itu(wrong), true), itu(right));
    }
}

#[test]
fn a_french_semicolon_stands_as_in_the_rest_of_the_text() {
    let text = "*décide*\n\n1. de peindre le banc\u{a0};\n2. de le réparer,\n3. de le compter.\n";
    assert_eq!(fixed(&itu(text), true), itu(&text.replace("réparer,", "réparer\u{a0};")));
    let text = "Le Conseil,\n\n1. *Décide* de peindre les bancs de la ville,\n\n2. *Prie* le maire de les compter.\n";
    assert_eq!(fixed(&unga(text), true), unga(&text.replace("ville,", "ville\u{a0};")));
}

#[test]
fn in_a_tracked_text_the_mark_is_a_tracked_change() {
    let text = itu(
        "MOD A/1\n\n# Resolution 9 (Lima, 2024)\n\n*resolves*\n\n1. to paint,\n{++2. to sand,++}\n3. to count{--;--}\n\
                    {--4. to mend.--}\n",
    );
    assert_eq!(
        fixed(&text, false),
        text.replace("paint,", "paint{~~,~>;~~}").replace("sand,", "sand;").replace("{--;--}", "{~~;~>.~~}")
    );
}

#[test]
fn the_last_clause_taken_out_makes_another_the_last() {
    let text = itu(
        "*recalling*\n\na) the plan;\n{--b) the map,--}\n\n*resolves*\n\n1. to paint{~~;~>.~~}\n{--2. to mend.--}\n",
    );
    assert_eq!(
        messages(&text),
        [(
            ";".to_owned(),
            "In the text as amended: This clause is the last one of its section and another section follows: end this one \
             with “,”, not “;”."
                .to_owned()
        )]
    );
    assert_eq!(fixed(&text, false), text.replace("plan;", "plan{~~;~>,~~}"));
}

#[test]
fn only_what_is_the_same_in_both_readings_is_certain() {
    let text = itu("*recalling*\n\na) the plan;\n{--b) the map,--}\n\n*resolves*\n\n1. to paint.\n");
    assert_eq!(fixed(&text, true), text);
}

#[test]
fn a_list_without_any_marks_is_one_finding() {
    let text = itu("*recalling*\n\na) the plan\nb) the map\n\n*resolves*\n\n1. to paint\n2. to mend\n");
    let found: Vec<String> = messages(&text).into_iter().map(|(_, message)| message).collect();
    assert_eq!(found, ["No clause of this resolution has a closing mark."]);
    assert_eq!(
        fixed(&text, false),
        itu("*recalling*\n\na) the plan;\nb) the map,\n\n*resolves*\n\n1. to paint;\n2. to mend.\n")
    );
}

#[test]
fn a_habit_is_one_finding() {
    let text = unga(
        "The Council,\n\n*Recalling* the plan;\n\n*Noting* rust;\n\n*Aware* of rain;\n\n*Welcoming* paint,\n\n1. *Decides* to \
         paint.\n\n2. *Requests* brushes.\n\n3. *Thanks* all.\n\n4. *Decides* to meet.\n",
    );
    let found: Vec<String> = messages(&text).into_iter().map(|(_, message)| message).collect();
    assert_eq!(
        found,
        [
            "Another clause follows: end this one with “,”, not “;”. The same goes for 2 other clauses.",
            "Only the last clause of a resolution ends with a full stop, and this is not the last one: end it with “;”. The \
             same goes for 2 other clauses."
        ]
    );
    assert_eq!(
        fixed(&text, false),
        text.replace("plan;", "plan,")
            .replace("rust;", "rust,")
            .replace("rain;", "rain,")
            .replace("paint.", "paint;")
            .replace("brushes.", "brushes;")
            .replace("all.", "all;")
    );
}

#[test]
fn without_a_profile_only_full_stops_are_judged() {
    assert_eq!(messages("*resolves*\n\n1. to paint,\n2. to mend\n3. to count.\n"), []);
    assert_eq!(messages("*resolves*\n\n1. to paint.\n2. to mend;\n3. to count.\n").len(), 1);
}

#[test]
fn sentences_that_are_no_clauses_are_left_alone() {
    for text in [
        // A declaration.
        unga("The Council,\n\n*Adopts* the following:\n\n1. We are old.\n\n2. We are many.\n\n3. We sit.\n"),
        unga("The Council,\n\n*Adopts* the following:\n\n1. We are old\n\n2. We are many,\n\n3. *Decides* to meet.\n"),
        // A list of participles without labels.
        unga(
            "The Council,\n\n*Requests* the Secretary to help by:\n\nEncouraging painters;\n\nSupporting them;\n\n*Decides* to meet.\n",
        ),
        unga("The Council,\n\n1. (a) *Requests* brushes;\n\n   (b) *Requests* paint;\n\n2. *Decides* to meet.\n"),
        // An annex, reasons.
        itu("*resolves*\n\nto paint.\n\nReasons: It rusts. It creaks.\n\n### Annex 1\n1. Brushes.\n2. Paint\n"),
        // A text that stays as it is.
        itu("NOC A/1\n\n# Resolution 9 (Lima, 2024)\n\n*resolves*\n\n1. to paint,\n2. to mend\n"),
    ] {
        assert_eq!(messages(&text), [], "{text}");
    }
}

#[test]
fn what_may_be_right_is_left_alone() {
    for clause in [
        "to paint, and",
        "to paint; and/or",
        "to paint: all of it:",
        "to paint …",
        "to paint [each year;]",
        "to paint “all.”",
        "to paint –",
        "to paint; or",
        "to paint;[^1]",
        "to paint[^1];",
        "to paint etc.",
        "is it painted?",
    ] {
        let text = itu(&format!("*resolves*\n\n1. {clause}\n2. to mend;\n3. to count.\n\n[^1]: Twice.\n"));
        assert_eq!(messages(&text), [], "{clause}");
    }
}

#[test]
fn a_paragraph_that_goes_on_ends_the_clause() {
    let text = itu("*resolves*\n\n1. to paint:\n   a) legs;\n   b) backs\n\n   in green;\n2. to mend.\n");
    assert_eq!(messages(&text), []);
}

/// Clauses with any mark behind them, some of them tracked.
fn clauses() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec!["", ";", ",", ".", ":", "; and", "{~~,~>;~~}", "{++.++}", "；", "؛", "[^1]"]);
    let words = prop::sample::select(vec![
        "to paint",
        "of *rust*",
        "长椅",
        "*Decides* to mend",
        "الطلاء",
        "{++new++}",
        "la ville",
    ]);
    let label =
        prop::sample::select(vec!["a) ", "b) ", "1. ", "2. ", "   i) ", "", "*resolves*\n\n", "*recalling*\n\n"]);
    prop::collection::vec((label, words, mark), 1..12).prop_map(|clauses| {
        clauses.into_iter().map(|(label, words, mark)| format!("{label}{words}{mark}\n\n")).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What cannot be wrong is right afterwards, and changes nothing more the second time.
    #[test]
    fn a_certain_fix_settles_its_finding(text in clauses(), profile in prop::sample::select(vec!["itu", "unga", "who", "mun"])) {
        let text = format!("---\nprofile: {profile}\n---\n\n{text}");
        let certain = |text: &str| {
            let fixes = found(text).into_iter().flat_map(|finding| finding.fixes);
            fixes.filter(|fix| fix.certain).count()
        };
        let once = fixed(&text, true);
        prop_assert_eq!(certain(&once), 0, "{}", once);
    }

    /// All fixes together leave nothing to fix.
    #[test]
    fn all_fixes_go_together(text in clauses()) {
        let text = format!("---\nprofile: itu\n---\n\n{text}");
        let _ = fixed(&text, false);
    }
}
