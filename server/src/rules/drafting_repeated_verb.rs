//! `drafting/repeated-verb`: a verb opens a second clause, or heads a second section, without saying “also” or “further”.

use super::drafting_common::{Opened, replace};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::drafting::part::Part;
use crate::drafting::verbs::{self, Again};
use crate::profile::RepeatedVerbs;
use crate::syntax::{Language, ParagraphKind, Side, fold};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/repeated-verb",
    page: include_str!("../../../docs/rules/drafting-repeated-verb.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for openings in input.openings() {
        let language = openings.language;
        let Some(profile) = input.profile(openings.resolution) else { continue };
        // What is in force has been adopted so; it is the text as amended that is being written.
        let opened = || openings.all(input);
        match profile.repeated_verbs {
            RepeatedVerbs::Never => {}
            RepeatedVerbs::Adjacent => clauses(input, language, &opened(), out),
            RepeatedVerbs::Throughout => sections(input, language, &opened(), out),
        }
    }
}

/// Two sections with one heading: whoever refers to “*recalling* a)” means either.
fn sections(input: &Input<'_>, language: Language, opened: &[Opened<'_>], out: &mut Vec<Finding>) {
    let headings = opened.iter().filter(|opened| opened.heading && opened.part != Part::Other);
    let read = headings.filter_map(|heading| {
        let (base, again) = verbs::again(heading.words(Side::Amended), language)?;
        Some((heading, base, again))
    });
    let read: Vec<(&Opened<'_>, String, Again)> = read.filter(|(_, base, _)| !base.is_empty()).collect();
    let mut used: std::collections::HashMap<(&str, Again), &Opened<'_>> = std::collections::HashMap::new();
    let mut repeated = Vec::new();
    for (heading, base, again) in &read {
        match used.get(&(base.as_str(), *again)) {
            Some(first) => repeated.push((heading, *first, base, again)),
            None => {
                used.insert((base, *again), heading);
            }
        }
    }
    for (heading, first, base, _) in repeated {
        let written = heading.words(Side::Amended).trim().trim_end_matches([',', ':', '，', '：', '،']);
        let mut message = format!("“{written}” heads two sections, so that a reference to it may mean either.");
        let free = [Again::Further, Again::Also].into_iter().find_map(|again| {
            let free = !used.contains_key(&(base.as_str(), again));
            let new = verbs::said_again(written, language, heading.part, again, true).filter(|_| free)?;
            Some((again, new))
        });
        let mut finding = Finding::new(RULE.id, RULE.severity, heading.source(Side::Amended), String::new());
        match free {
            Some((again, new)) => {
                message.push_str(&format!(" Write “{new}”."));
                used.insert((base.as_str(), again), heading);
                finding.fixes = fix(input, heading, written.len(), &new);
            }
            None => message.push_str(" Put what they say below one of them."),
        }
        finding.message = message;
        out.push(finding.related(Place::Here(first.source(Side::Amended)), "The first section with this heading"));
    }
}

/// Clauses that stand one behind the other and open in the same way.
fn clauses(input: &Input<'_>, language: Language, opened: &[Opened<'_>], out: &mut Vec<Finding>) {
    // How the clause before it should open, once its own finding is put right.
    let mut due = Again::Plain;
    for pair in opened.windows(2) {
        let [before, clause] = pair else { continue };
        let Some((base, again)) = verbs::again(clause.words(Side::Amended), language) else { continue };
        if !follows(input, before, clause) || !is_repeated(before, clause, &base, language) {
            due = again;
            continue;
        }
        let (_, again_before) = verbs::again(before.words(Side::Amended), language).unwrap_or_default();
        // “Recalling further” ends the row; what follows begins anew. And “Recalling” behind “Recalling also” is usage too.
        if again != again_before || (due == Again::Further && again == Again::Plain) {
            due = again;
            continue;
        }
        due = match due {
            Again::Plain => Again::Also,
            Again::Also => Again::Further,
            Again::Further => Again::Plain,
        };
        let written = clause.words(Side::Amended).trim();
        let Some(new) = verbs::said_again(written, language, clause.part, due, false) else { continue };
        if new == written {
            continue;
        }
        let mut finding = Finding::new(
            RULE.id,
            RULE.severity,
            clause.source(Side::Amended),
            format!("“{written}” opens the clause before it as well. Write “{new}”."),
        );
        finding.fixes = fix(input, clause, written.len(), &new);
        out.push(finding.related(Place::Here(before.source(Side::Amended)), "The clause before it"));
    }
}

/// Whether nothing but sub-clauses stands between two clauses of one part.
fn follows(input: &Input<'_>, before: &Opened<'_>, clause: &Opened<'_>) -> bool {
    let between = input.facts.document.paragraphs.get(before.index.index() + 1..clause.index.index());
    let alone = |paragraph: &crate::syntax::Paragraph| {
        paragraph.parent.is_none()
            && paragraph.level == 0
            && paragraph.kind != ParagraphKind::Footnote
            && paragraph.is_in(Side::Amended)
    };
    before.part == clause.part
        && clause.part != Part::Other
        && !before.heading
        && !clause.heading
        && !between.unwrap_or_default().iter().any(alone)
}

/// Whether the verb says the same of the same in both clauses.
fn is_repeated(before: &Opened<'_>, clause: &Opened<'_>, base: &str, language: Language) -> bool {
    let base_before = verbs::again(before.words(Side::Amended), language).map(|(base, _)| base);
    if base_before.as_deref() != Some(base) || verbs::is_open(base, language) {
        return false;
    }
    let rest = |opened: &Opened<'_>| {
        let text = opened.rest(Side::Amended);
        fold(text.get(..text.char_indices().nth(200).map_or(text.len(), |(at, _)| at)).unwrap_or_default())
    };
    let (one, other) = (rest(before), rest(clause));
    let varied = |rest: &str| verbs::is_qualified(rest, language) || verbs::says_again(rest, language);
    if one.trim().is_empty() || other.trim().is_empty() || varied(&one) || varied(&other) {
        return false;
    }
    !verbs::is_addressed(base, language) || verbs::addressee(&one, language) == verbs::addressee(&other, language)
}

fn fix(input: &Input<'_>, opened: &Opened<'_>, len: usize, new: &str) -> Vec<super::Fix> {
    let words = opened.words(Side::Amended);
    let lead = words.len() - words.trim_start().len();
    let start = usize::from(opened.range.start()) + lead;
    let range = crate::syntax::TextRange::new((start as u32).into(), ((start + len) as u32).into());
    let edit = replace(input, opened.paragraph, Side::Amended, range, new);
    let fix =
        |edit| super::Fix {
            title: format!("Change to “{new}”"), remedy: Remedy::Edits(vec![edit]), certain: false
        };
    edit.map(fix).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::shown;

    fn check(profile: &str, text: &str, expected: Expect) {
        let text = format!("---\nprofile: {profile}\n---\n\n{text}");
        expected.assert_eq(&shown("drafting/repeated-verb", &text));
    }

    #[test]
    fn clauses_in_six_languages() {
        check(
            "unga",
            "*Recalling* x,\n\n*Recalling* y,\n\n*Recalling* z,\n\n*Recalling* w,\n\n1. *Requests* the bureau to a;\n\n2. *Requests* the bureau to b;\n\n3. *Requests* the bureau to c.\n",
            expect![[r#"
                Recalling: “Recalling” opens the clause before it as well. Write “Recalling also”. [Change to “Recalling also”: Recalling also]
                Recalling: “Recalling” opens the clause before it as well. Write “Recalling further”. [Change to “Recalling further”: Recalling further]
                Requests: “Requests” opens the clause before it as well. Write “Also requests”. [Change to “Also requests”: Also requests]
                Requests: “Requests” opens the clause before it as well. Write “Further requests”. [Change to “Further requests”: Further requests]
            "#]],
        );
        // Someone who is spoken to before a colon is the same as one before “to”.
        check(
            "mun",
            "1. *Requests* the bureau:\n\n   a. to a;\n   b. to b;\n\n2. *Requests* the bureau to c.\n",
            expect![[r#"
                Requests: “Requests” opens the clause before it as well. Write “Also requests”. [Change to “Also requests”: Also requests]
            "#]],
        );
        check(
            "unga",
            "*Rappelant* le plan,\n\n*Rappelant* les faits,\n\n1. *Prie* le Secrétaire général de peindre;\n\n2. *Prie* le Secrétaire général de sécher.\n",
            expect![[r#"
                Rappelant: “Rappelant” opens the clause before it as well. Write “Rappelant également”. [Change to “Rappelant également”: Rappelant également]
                Prie: “Prie” opens the clause before it as well. Write “Prie également”. [Change to “Prie également”: Prie également]
            "#]],
        );
        check(
            "unga",
            "*Recordando* el plan,\n\n*Recordando* los hechos,\n\n1. *Pide* al Secretario General que pinte;\n\n2. *Pide* al Secretario General que seque.\n",
            expect![[r#"
                Recordando: “Recordando” opens the clause before it as well. Write “Recordando también”. [Change to “Recordando también”: Recordando también]
                Pide: “Pide” opens the clause before it as well. Write “Pide también”. [Change to “Pide también”: Pide también]
            "#]],
        );
        check(
            "unga",
            "*ссылаясь* на план,\n\n*ссылаясь* на факты,\n\n1. *просит* Генерального секретаря красить;\n\n2. *просит* Генерального секретаря сушить.\n",
            expect![[r#"
                ссылаясь: “ссылаясь” opens the clause before it as well. Write “ссылаясь также”. [Change to “ссылаясь также”: ссылаясь также]
                просит: “просит” opens the clause before it as well. Write “просит также”. [Change to “просит также”: просит также]
            "#]],
        );
        check(
            "unga",
            "*回顾*计划，\n\n*回顾*事实，\n\n1. *请*秘书长刷漆；\n\n2. *请*秘书长晾干。\n",
            expect![[r#"
                回顾: “回顾” opens the clause before it as well. Write “又回顾”. [Change to “又回顾”: 又回顾]
                请: “请” opens the clause before it as well. Write “又请”. [Change to “又请”: 又请]
            "#]],
        );
        check(
            "unga",
            "*إذ تشير* إلى الخطة،\n\n*وإذ تشير* إلى الوقائع،\n\n*وإذ تشير* إلى القرار،\n\n1. *تطلب* إلى الأمين العام أن يطلي؛\n\n2. *تطلب* إلى الأمين العام أن يجفف.\n",
            expect![[r#"
                وإذ تشير: “وإذ تشير” opens the clause before it as well. Write “وإذ تشير أيضا”. [Change to “وإذ تشير أيضا”: وإذ تشير أيضا]
                وإذ تشير: “وإذ تشير” opens the clause before it as well. Write “وإذ تشير كذلك”. [Change to “وإذ تشير كذلك”: وإذ تشير كذلك]
                تطلب: “تطلب” opens the clause before it as well. Write “تطلب أيضا”. [Change to “تطلب أيضا”: تطلب أيضا]
            "#]],
        );
    }

    #[test]
    fn headings_in_six_languages() {
        for (text, expected) in [
            ("*recalling*\n\na) x,\n\n*noting*\n\na) y,\n\n*recalling*\n\na) z,\n", "recalling further"),
            ("*rappelant*\n\na) les x,\n\n*rappelant*\n\na) les z,\n", "rappelant en outre"),
            ("*recordando*\n\na) los x,\n\n*recordando*\n\na) los z,\n", "recordando además"),
            ("*напоминая*\n\na) х,\n\n*напоминая*\n\na) з,\n", "напоминая далее"),
            ("*忆及*\n\na) 甲，\n\n*忆及*\n\na) 丙，\n", "进一步忆及"),
            ("*إذ يذكر*\n\nأ ) س،\n\n*وإذ يذكر*\n\nأ ) ص،\n", "وإذ يذكر كذلك"),
        ] {
            let text = format!("---\nprofile: itu\n---\n\n{text}");
            let found = shown("drafting/repeated-verb", &text);
            assert!(found.contains(&format!("[Change to “{expected}”: {expected}]")), "{text}{found}");
            assert_eq!(found.lines().count(), 1, "{found}");
        }
        check(
            "itu",
            "*resolves*\n\n1. x,\n\n*instructs the Council*\n\n1. y,\n\n*resolves*\n\n1. z,\n\n*instructs the Council*\n\n1. w,\n\n*resolves*\n\n1. v.\n",
            expect![[r#"
                resolves: “resolves” heads two sections, so that a reference to it may mean either. Write “resolves further”. [Change to “resolves further”: resolves further]
                instructs the Council: “instructs the Council” heads two sections, so that a reference to it may mean either. Write “further instructs the Council”. [Change to “further instructs the Council”: further instructs the Council]
                resolves: “resolves” heads two sections, so that a reference to it may mean either. Write “resolves also”. [Change to “resolves also”: resolves also]
            "#]],
        );
    }

    #[test]
    fn a_tracked_text() {
        check(
            "unga",
            "*Recalling* x,\n\n{--*Recalling* y,--}\n\n*Noting* z,\n\n{++*Noting* w,++}\n\n*Noting* v,\n",
            expect![[r#"
                Noting: “Noting” opens the clause before it as well. Write “Noting also”. [Change to “Noting also”: Noting also]
                Noting: “Noting” opens the clause before it as well. Write “Noting further”. [Change to “Noting further”: {~~Noting~>Noting further~~}]
            "#]],
        );
    }

    #[test]
    fn what_may_stand_twice() {
        // With another clause or a sub-text between, of someone else, with another qualification, or an object of its own.
        check("unga", "*Recalling* x,\n\n*Noting* y,\n\n*Recalling* z,\n", expect![""]);
        check(
            "unga",
            "*Recalling* x,\n\n*Recalling also* y,\n\n*Recalling further* z,\n\n*Recalling* w,\n",
            expect![""],
        );
        check("unga", "1. *Invites* Member States to x;\n\n2. *Invites* the Council to y.\n", expect![""]);
        check("unga", "*Noting* with concern x,\n\n*Noting* with regret y,\n", expect![""]);
        check("unga", "*Expressing* concern at x,\n\n*Expressing* thanks for y,\n", expect![""]);
        check("unga", "*Reaffirming* x,\n\n*Reaffirming* in this regard also y,\n", expect![""]);
        check("unga", "1. *Requests* the bureau:\n   (a) to x;\n   (b) to y;\n\n2. *Decides* z.\n", expect![""]);
        check("unsc", "*Recalling* x,\n\n*Recalling* y,\n", expect![""]);
        check("itu", "*recalling*\n\na) x,\n\n*recalling further*\n\na) y,\n", expect![""]);
    }

    #[test]
    fn without_a_profile_nothing_is_said() {
        assert_eq!(shown("drafting/repeated-verb", "*Recalling* x,\n\n*Recalling* y,\n"), "");
    }
}
