//! `drafting/enacting-line`: the enacting line names another session than the title or another organ than the metadata, or
//! is not there.

use super::citation_fix;
use super::{Finding, Fix, Input, Place, Remedy, Rule, Scope, Severity};
use crate::citation::{self, CitedVersion, EnactingLine, body_name, enacting_line, session_in_title};
use crate::drafting::part::{self, Part};
use crate::syntax::{Language, ParagraphIndex, ProposalKind, Resolution, ResolutionIndex, Side, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/enacting-line",
    page: include_str!("../../../docs/rules/drafting-enacting-line.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for openings in input.openings() {
        let (index, language) = (openings.resolution, openings.language);
        let Some(resolution) = input.facts.document.resolutions.get(index.index()) else { continue };
        let session = Side::BOTH.into_iter().rev().find_map(|side| other_session(input, index, language, side));
        match session.or_else(|| other_organ(input, index, language)) {
            Some(finding) => out.push(finding),
            None => out.extend(missing(input, index, resolution)),
        }
    }
}

/// The title and the enacting line name different sessions.
fn other_session(input: &Input<'_>, index: ResolutionIndex, language: Language, side: Side) -> Option<Finding> {
    let document = &input.facts.document;
    let title = |side| session_in_title(document, index, side);
    let line = |side| {
        let line = enacting_line(document, index, side)?;
        Some((line.paragraph, line.session?))
    };
    let (in_title, in_line) = (title(side)?, line(side)?);
    if same(&in_title.1, &in_line.1) {
        return None;
    }
    // Where the one was amended and the other was not, the other is what was forgotten.
    let amended = |now: &(ParagraphIndex, CitedVersion), then: Option<(ParagraphIndex, CitedVersion)>| {
        then.is_some_and(|then| !same(&now.1, &then.1))
    };
    let other = match side {
        Side::Amended => Side::InForce,
        Side::InForce => Side::Amended,
    };
    let in_title_forgotten = amended(&in_line, line(other)) && !amended(&in_title, title(other));
    let (wrong, right, what, model) = if in_title_forgotten && side == Side::Amended {
        (&in_title, &in_line, "title", "enacting line")
    } else {
        (&in_line, &in_title, "enacting line", "title")
    };
    let reading = match side {
        Side::InForce => "In the text as in force: the",
        Side::Amended => "The",
    };
    let message = format!(
        "{reading} {what} names {}, the {model} {}. Make them the same.",
        named(&wrong.1, language),
        named(&right.1, language)
    );
    let mut finding = Finding::new(RULE.id, RULE.severity, wrong.1.range, message)
        .related(Place::Here(right.1.range), format!("The session in the {model}"));
    if side == Side::Amended {
        finding.fixes.extend(bring_to(input, index, language, wrong, &right.1));
    }
    Some(finding)
}

/// Whether two parentheses name one session, as far as both say it.
fn same(one: &CitedVersion, other: &CitedVersion) -> bool {
    let places = one.place.as_ref().zip(other.place.as_ref());
    one.year == other.year && places.is_none_or(|(one, other)| one == other)
}

fn named(version: &CitedVersion, language: Language) -> String {
    let place = version.place.map(|place| citation::place_name(place, language).unwrap_or(place));
    place.map_or_else(|| version.year.to_string(), |place| format!("{place} {}", version.year))
}

fn bring_to(
    input: &Input<'_>,
    index: ResolutionIndex,
    language: Language,
    (paragraph, wrong): &(ParagraphIndex, CitedVersion),
    right: &CitedVersion,
) -> Option<Fix> {
    let identity = input.facts.identities.iter().find(|identity| identity.resolution == index);
    let body = identity.and_then(|identity| identity.body.as_deref());
    // `(WRC-19)` has no place; the session has.
    let met = || citation::session(body?, right.year)?.place.as_deref();
    let place = right.place.or_else(met);
    let edits = citation_fix::edits_in(input, *paragraph, language, wrong, place, right.year, false)?;
    let title = format!("Change to “{}”", named(&CitedVersion { place, ..right.clone() }, language));
    Some(Fix { title, remedy: Remedy::Edits(edits), certain: false })
}

/// The enacting line names another organ than the metadata.
fn other_organ(input: &Input<'_>, index: ResolutionIndex, language: Language) -> Option<Finding> {
    let document = &input.facts.document;
    let entry = document.metadata("body")?;
    let identity = input.facts.identities.iter().find(|identity| identity.resolution == index)?;
    let body = identity.body.as_deref()?;
    let EnactingLine { paragraph, bodies, generic, .. } = enacting_line(document, index, Side::Amended)?;
    if generic || bodies.is_empty() || bodies.iter().any(|own| own == body) {
        return None;
    }
    let name = |body: &str| body_name(body, language).unwrap_or(body).to_owned();
    let message = match &bodies[..] {
        [own] => format!("The enacting line names {}, the metadata {}.", name(own), name(body)),
        _ => format!("The enacting line names another organ than the metadata, which says {}.", name(body)),
    };
    let range = document.paragraphs.get(paragraph.index())?.body;
    let mut finding = Finding::new(RULE.id, RULE.severity, range, message)
        .related(Place::Here(entry.range), "The organ in the metadata");
    if let [own] = &bodies[..] {
        let edit = TextEdit::replace(entry.value_range, own.clone());
        finding = finding.fix(format!("Change the metadata to “{own}”"), Remedy::Edits(vec![edit]));
    }
    Some(finding)
}

/// A title and operative clauses, and nobody who adopts them.
fn missing(input: &Input<'_>, index: ResolutionIndex, resolution: &Resolution) -> Option<Finding> {
    let document = &input.facts.document;
    let kind = resolution.proposal.as_ref().map(|mark| mark.kind);
    if matches!(kind, Some(ProposalKind::NoChange | ProposalKind::Suppress)) {
        return None;
    }
    input.profile(index)?;
    let title = document.paragraphs.get(resolution.title?.index())?;
    let parts = input.facts.parts.get(resolution.paragraphs.clone())?;
    if !parts.contains(&Part::Operative) || enacting_line(document, index, Side::Amended).is_some() {
        return None;
    }
    // An organ that is not known is one all the same; a clause of the preamble in its place is none.
    let first = resolution.enacting.and_then(|first| document.paragraphs.get(first.index()));
    if first.is_some_and(|first| part::form(first).is_none()) {
        return None;
    }
    let message =
        "Nothing says which organ adopts this resolution. Name it below the title, as in “The General Assembly,”.";
    Some(Finding::new(RULE.id, Severity::Hint, title.body, message))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::shown;

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&shown("drafting/enacting-line", text));
    }

    #[test]
    fn another_session_than_the_title_in_six_languages() {
        check(
            "# Resolution 140 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),\n\n*recalling*\n\na) x,\n",
            expect![[r#"
                (Bucharest, 2022): The enacting line names Bucharest 2022, the title Dubai 2018. Make them the same. [Change to “Dubai 2018”: 2018 Dubai]
            "#]],
        );
        check(
            "# RÉSOLUTION 140 (Rév. Dubaï, 2018)\n\nLa Conférence de plénipotentiaires de l’Union internationale des télécommunications (Bucarest, 2022),\n\n*rappelant*\n\na) les x,\n",
            expect![[r#"
                (Bucarest, 2022): The enacting line names Bucarest 2022, the title Dubaï 2018. Make them the same. [Change to “Dubaï 2018”: 2018 Dubaï]
            "#]],
        );
        check(
            "# RESOLUCIÓN 140 (Rev. Dubái, 2018)\n\nLa Conferencia de Plenipotenciarios de la Unión Internacional de Telecomunicaciones (Bucarest, 2022),\n\n*recordando*\n\na) los x,\n",
            expect![[r#"
                (Bucarest, 2022): The enacting line names Bucarest 2022, the title Dubái 2018. Make them the same. [Change to “Dubái 2018”: 2018 Dubái]
            "#]],
        );
        check(
            "# РЕЗОЛЮЦИЯ 140 (Пересм. Дубай, 2018 г.)\n\nПолномочная конференция Международного союза электросвязи (Бухарест, 2022 г.),\n\n*напоминая*\n\na) х,\n",
            expect![[r#"
                (Бухарест, 2022 г.): The enacting line names Бухарест 2022, the title Дубай 2018. Make them the same. [Change to “Дубай 2018”: 2018 Дубай]
            "#]],
        );
        check(
            "# 第140号决议（2018年，迪拜，修订版）\n\n国际电信联盟全权代表大会（2022年，布加勒斯特），\n\n*忆及*\n\na) 甲，\n",
            expect![[r#"
                （2022年，布加勒斯特）: The enacting line names 布加勒斯特 2022, the title 迪拜 2018. Make them the same. [Change to “迪拜 2018”: 2018 迪拜]
            "#]],
        );
        check(
            "# القرار 140 (المراجَع في دبي، 2018)\n\nإن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (بوخارست، 2022)،\n\n*إذ يذكر*\n\nأ ) س،\n",
            expect![[r#"
                (بوخارست، 2022): The enacting line names بوخارست 2022, the title دبي 2018. Make them the same. [Change to “دبي 2018”: 2018 دبي]
            "#]],
        );
    }

    #[test]
    fn what_was_not_amended_is_what_was_forgotten() {
        check(
            "MOD EUR/1/1\n\n# Resolution 140 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~})\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\n",
            expect![[r#"
                (Dubai, 2018): The enacting line names Dubai 2018, the title Bucharest 2022. Make them the same. [Change to “Bucharest 2022”: {~~2018~>2022~~} {~~Dubai~>Bucharest~~}]
            "#]],
        );
        check(
            "MOD EUR/1/1\n\n# Resolution 140 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference of the International Telecommunication Union ({~~Dubai, 2018~>Bucharest, 2022~~}),\n",
            expect![[r#"
                (Rev. Dubai, 2018): The title names Dubai 2018, the enacting line Bucharest 2022. Make them the same. [Change to “Bucharest 2022”: {~~2018~>2022~~} {~~Dubai~>Bucharest~~}]
            "#]],
        );
    }

    #[test]
    fn the_text_in_force_alone() {
        check(
            "MOD EUR/1/1\n\n# Resolution 140 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~})\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),\n",
            expect![[r#"
                (Bucharest, 2022): In the text as in force: the enacting line names Bucharest 2022, the title Dubai 2018. Make them the same.
            "#]],
        );
    }

    #[test]
    fn another_organ_than_the_metadata() {
        check(
            "---\nbody: PP\n---\n\n# Resolution 2 (Rev. Geneva, 2022)\n\nThe World Telecommunication Standardization Assembly (Geneva, 2022),\n\n*resolves*\n\n1. x.\n",
            expect![[r#"
                The World Telecommunication Standardization Assembly (Geneva, 2022),: The enacting line names World Telecommunication Standardization Assembly, the metadata Plenipotentiary Conference of the International Telecommunication Union. [Change the metadata to “WTSA”: WTSA]
            "#]],
        );
    }

    #[test]
    fn an_enacting_line_that_is_not_there() {
        check(
            "---\nprofile: mun\n---\n\n# Draft resolution 1/2\n## Benches\n\n*Recalling* x,\n\n1. *Decides* y.\n",
            expect![[r#"
                Draft resolution 1/2: Nothing says which organ adopts this resolution. Name it below the title, as in “The General Assembly,”.
            "#]],
        );
        // An organ of one's own is one; without a profile nothing is known of what is due.
        check(
            "---\nprofile: mun\n---\n\n# Draft resolution 1/2\n\nThe Park Committee,\n\n*Recalling* x,\n\n1. *Decides* y.\n",
            expect![""],
        );
        check("# Benches\n\n*Recalling* x,\n\n1. *Decides* y.\n", expect![""]);
        check(
            "---\nprofile: itu\n---\n\nNOC EUR/1/1\n\n# Resolution 2\n\n*recalling*\n\na) x,\n\n*resolves*\n\n1. y.\n",
            expect![""],
        );
    }

    #[test]
    fn sessions_that_agree() {
        check(
            "# Resolution 140 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\n",
            expect![""],
        );
        check("# Resolution 1332 (C11, last amended C19)\n\nThe Council,\n", expect![""]);
        check("# Resolution 1325 (2000)\n\nThe Security Council,\n", expect![""]);
        check(
            "# RESOLUTION 425 (Rev.WRC-19)\n\nThe World Radiocommunication Conference (Sharm el-Sheikh, 2019),\n",
            expect![""],
        );
    }
}
