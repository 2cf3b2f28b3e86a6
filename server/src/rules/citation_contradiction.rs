//! `citation/contradiction`: what stands beside a citation says something else than the citation.

use jiff::ToSpan;
use jiff::civil::Date;

use super::citation_common::{
    Judge, Judged, base, body_in_words, cite_alone, day, name, range, sentence, with_resolution,
};
use super::citation_fix_date as fix_date;
use super::citation_unknown_version::no_session;
use super::{Finding, Fix, Input, Remedy, Rule, Scope, Severity};
use crate::catalogue::{AdoptionWindow, Certainty, VersionKind, adoption_window, sessions_of};
use crate::citation::{BodyFacts, Citation, CitedDate, Instrument, ResolutionId, Wording, body, data};
use crate::syntax::{Side, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/contradiction",
    page: include_str!("../../../docs/rules/citation-contradiction.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.contradictory() {
        let Some(problem) = problem(&cited) else { continue };
        let mut finding = Finding::new(RULE.id, RULE.severity, problem.range, problem.message);
        finding.fixes.extend(problem.fixes);
        out.push(with_resolution(finding, cited.id, None, name(cited.id)));
    }
    for citation in &input.facts.citations {
        out.extend(nobodys(citation));
    }
}

/// What contradicts itself in a citation, and how it can be put right where there is one right form.
pub(super) struct Problem {
    /// What is underlined: the citation, with a date that stands further away.
    range: TextRange,
    message: String,
    fixes: Vec<Fix>,
}

/// What contradicts itself in a citation: the organ and its place and year, the number and the day, the number and the
/// organ.
pub(super) fn problem(cited: &Judged<'_>) -> Option<Problem> {
    session(cited)
        .or_else(|| code(cited))
        .or_else(|| adoption(cited))
        .or_else(|| too_high(cited))
        .or_else(|| other_body(cited))
}

/// Whether the text says itself whose the citation is; `Some(true)` where it says “of this conference”.
fn says_whose(cited: &Judged<'_>) -> Option<bool> {
    let own = base(cited.id);
    let acts = || cited.identity.is_some_and(|identity| identity.body.as_deref() == Some(own));
    if cited.citation.named.len() == 1 && cited.citation.named.iter().any(|body| body == own) {
        return Some(false);
    }
    (cited.citation.of_this_organ && acts()).then_some(true)
}

/// The organ did not meet in that place and year, and another did.
fn session(cited: &Judged<'_>) -> Option<Problem> {
    let version = cited.citation.cited_version.as_ref()?;
    let place = version.place?;
    let own = base(cited.id);
    // A council that sits every year is cited by the year alone.
    if body(own).is_some_and(|facts| facts.session_letter.is_some()) {
        return None;
    }
    let this_organ = says_whose(cited)?;
    no_session(cited, version)?;
    let met = |facts: &&BodyFacts| {
        let mut sessions = sessions_of(&facts.id).iter();
        sessions
            .any(|session| session.certain && session.year == version.year && session.place.as_deref() == Some(place))
    };
    let others: Vec<&BodyFacts> = data()
        .bodies
        .iter()
        .filter(|facts| facts.id != own && facts.session_letter.is_none() && may_be(facts, cited))
        .filter(met)
        .collect();
    let names: Vec<String> = others.iter().map(|facts| body_in_words(&facts.id)).collect();
    let (year, own_words) = (version.year, body_in_words(own));
    let those = match &names[..] {
        [] => return None,
        names => names.join(" and "),
    };
    let message = if this_organ {
        format!(
            "The organ of this text is {own_words}, but it was {those} that met in {place} in {year}. Name the organ \
             that is meant, or correct place and year."
        )
    } else {
        format!(
            "{} did not meet in {place} in {year}, but {those} did. Correct the organ, or place and year.",
            sentence(&own_words)
        )
    };
    // Where the other organ has a resolution of this number and version, the name may be what is wrong.
    let catalogue = cited.judge.input.catalogue;
    let of_other = others.iter().any(|facts| {
        let id = ResolutionId::new(cited.id.body.replacen(own, &facts.id, 1), cited.id.number.as_str());
        catalogue.get(&id).is_some()
    });
    let near = catalogue
        .versions(cited.id)
        .into_iter()
        .filter(|view| view.kind != VersionKind::Proposed && (view.year == year || view.place == Some(place)));
    let near: Vec<_> = near.collect();
    let fixes = match &near[..] {
        [view] if !of_other => cite_alone(cited, view).into_iter().collect(),
        _ => Vec::new(),
    };
    Some(Problem { range: range(cited), message, fixes })
}

/// “Resolution 425 (WRC-15) of this conference”, in a text of another one.
fn code(cited: &Judged<'_>) -> Option<Problem> {
    let own = base(cited.id);
    let acting = cited.identity?.body.as_deref().filter(|acting| *acting != own)?;
    let coded = body(own).is_some_and(|facts| facts.coded) && cited.citation.cited_version.is_some();
    (coded && cited.citation.of_this_organ).then_some(())?;
    let message = format!(
        "The organ of this text is {}, but the session is one of {}. Name the organ that is meant, or correct the session.",
        body_in_words(acting),
        body_in_words(own)
    );
    Some(Problem { range: range(cited), message, fixes: Vec::new() })
}

/// Whether a citation's number may be one of a body.
fn may_be(facts: &BodyFacts, cited: &Judged<'_>) -> bool {
    let instrument = cited.citation.instrument;
    let number: Option<u32> = cited.id.number.parse().ok();
    let range = facts.ranges.iter().find(|(name, _)| name.instrument() == instrument).map(|(_, range)| *range);
    let range = range.or(facts.range);
    facts.instruments.iter().any(|own| own.instrument() == instrument)
        && number.zip(range).is_some_and(|(number, (first, last))| (first..=last).contains(&number))
}

/// The day beside the number is not the day on which it was adopted, or not of its session.
fn adoption(cited: &Judged<'_>) -> Option<Problem> {
    let CitedDate { date, range } = cited.citation.date?;
    if shares_date(cited, range) {
        return None;
    }
    let range = cited.citation.range.cover(range);
    if !is_surely_of(cited, base(cited.id)) {
        return None;
    }
    let window = adoption_window(cited.id)?;
    let AdoptionWindow { earliest, latest } = generous(cited.id, window);
    let fits = |date: &Date| (earliest..=latest).contains(date);
    let name = name(cited.id);
    let known = cited.judge.input.catalogue.versions(cited.id).into_iter();
    let known = known.filter(|view| view.day_is_given && view.certainty > Certainty::Unproven);
    // A fact that its number belies is of another resolution.
    let known: Vec<Date> = known.map(|view| view.date).filter(fits).collect();
    match &known[..] {
        days if days.contains(&date) => return None,
        [adopted] => {
            let adopted = *adopted;
            let message = format!(
                "{name} was adopted on {}, not on {}. Correct the date, or the number.",
                day(adopted),
                day(date)
            );
            let edits = fix_date::replace(cited, adopted);
            let title = format!("Write {}", day(adopted));
            let fixes = edits.map(|edits| Fix { title, remedy: Remedy::Edits(edits), certain: false });
            return Some(Problem { range, message, fixes: fixes.into_iter().collect() });
        }
        _ => {}
    }
    if fits(&date) {
        return None;
    }
    let (first, last) = (window.earliest, window.latest);
    let year = first.year() == last.year() && first.day_of_year() == 1 && last.month() == 12;
    let when = match year {
        true => first.year().to_string(),
        false => format!("a session from {} to {}", day(first), day(last)),
    };
    let message =
        format!("{name} cannot be of {}: by its number it is of {when}. Correct the date, or the number.", day(date));
    Some(Problem { range, message, fixes: Vec::new() })
}

/// Whether the number of another citation stands between a citation's own and a date, so that the date may be of that one
/// alone: “resolutions 70/1 and 70/299 of 29 July 2016”.
fn shares_date(cited: &Judged<'_>, date: TextRange) -> bool {
    let own = cited.citation;
    let between = match own.number_range.end() <= date.start() {
        true => TextRange::new(own.number_range.end(), date.start()),
        false => TextRange::new(date.end().min(own.number_range.start()), own.number_range.start()),
    };
    let all = &cited.judge.input.facts.citations;
    let near = cited.index.saturating_sub(2)..(cited.index + 3).min(all.len());
    all.get(near).into_iter().flatten().any(|other| {
        other.paragraph == own.paragraph && other.side == own.side && between.contains_range(other.number_range)
    })
}

/// Whether there is no doubt that a citation is of a body: the text names it in full, or calls what is cited its own and
/// numbers as only this body does.
fn is_surely_of(cited: &Judged<'_>, own: &str) -> bool {
    let citation = cited.citation;
    let acts = || cited.identity.is_some_and(|identity| identity.body.as_deref() == Some(own));
    // The Assembly has numbered so since its thirty-first session; before, organs without a name in the data did.
    let modern = adoption_window(cited.id).is_some_and(|window| window.earliest.year() >= 1976);
    if own == "UNGA" && cited.id.number.contains('/') && !modern {
        return false;
    }
    match citation.named.as_slice() {
        [named] => named == own,
        // “its resolution”, “the Assembly”, 大会
        named => own == "UNGA" && acts() && modern && (named.is_empty() || named.iter().any(|body| body == own)),
    }
}

/// The days between which a resolution may be dated: sessions begin and end some days off the rule, and are resumed.
fn generous(id: &ResolutionId, window: AdoptionWindow) -> AdoptionWindow {
    let (before, after) = match base(id) {
        "UNGA" => (21, 21),
        // Its year runs from July to July.
        "ECOSOC" => (184, 0),
        "HRC" => (21, 90),
        _ => (0, 0),
    };
    AdoptionWindow {
        earliest: window.earliest.checked_sub(before.days()).unwrap_or(window.earliest),
        latest: window.latest.checked_add(after.days()).unwrap_or(window.latest),
    }
}

/// The organ named has never counted so high, and another of the same house has a resolution of that number.
fn too_high(cited: &Judged<'_>) -> Option<Problem> {
    let own = base(cited.id);
    let facts = body(own)?;
    says_whose(cited)?;
    let number: u32 = cited.id.number.parse().ok()?;
    let instrument = cited.citation.instrument;
    let ranges = facts.ranges.iter().find(|(name, _)| name.instrument() == instrument).map(|(_, range)| *range);
    let (_, last) = ranges.or(facts.range)?;
    if number <= last {
        return None;
    }
    let catalogue = cited.judge.input.catalogue;
    let others = data().bodies.iter().filter(|other| other.id != own && other.profile == facts.profile);
    let mut others = others.filter(|other| may_be(other, cited));
    let id = others.find_map(|other| {
        let id = ResolutionId::new(cited.id.body.replacen(own, &other.id, 1), cited.id.number.as_str());
        catalogue.get(&id).map(|_| id)
    })?;
    let message = format!(
        "{} has not adopted as many resolutions as {number}, but {} has. Correct the organ, or the number.",
        sentence(&body_in_words(own)),
        body_in_words(base(&id)),
    );
    Some(Problem { range: range(cited), message, fixes: Vec::new() })
}

/// The number is one that another organ gives than the one named.
fn other_body(cited: &Judged<'_>) -> Option<Problem> {
    let (citation, own) = (cited.citation, base(cited.id));
    let [named] = citation.named.as_slice() else { return None };
    // How the others number is not known well enough.
    let known = body(named).is_some_and(|facts| !facts.named_only && !facts.various);
    if named == own || !known || citation.instrument == Instrument::Draft || citation.pinned {
        return None;
    }
    let message = not_of(&citation.number, &[own], named);
    Some(Problem { range: range(cited), message, fixes: Vec::new() })
}

fn not_of(number: &str, bodies: &[&str], named: &str) -> String {
    let bodies: Vec<String> = bodies.iter().map(|body| body_in_words(body)).collect();
    format!(
        "{number} is a number of {}, but the text names {}. Correct the organ, or the number.",
        bodies.join(" or "),
        body_in_words(named)
    )
}

/// A number beside the name of an organ that does not number so, where the text leaves open whose it is.
fn nobodys(citation: &Citation) -> Option<Finding> {
    let [named] = citation.named.as_slice() else { return None };
    let known = body(named).is_some_and(|facts| !facts.named_only && !facts.various);
    // Session and number are a habit of few; a plain number is nobody's.
    let telling = citation.number.contains('/') && !citation.candidates.is_empty();
    let judged = citation.side == Side::Amended && citation.id.is_none() && citation.wording == Wording::Full;
    if !known || !telling || !judged || citation.pinned || citation.candidates.contains(named) {
        return None;
    }
    let bodies: Vec<&str> = citation.candidates.iter().map(String::as_str).collect();
    let message = not_of(&citation.number, &bodies, named);
    Some(Finding::new(RULE.id, RULE.severity, citation.range, message))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::{findings, fixed_lines};

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn an_organ_with_the_place_and_year_of_another() {
        let wtdc = "The World Telecommunication Development Conference (Kigali, 2022),\n\n*recalling*\n\n";
        assert(
            &format!("{wtdc}a) Resolution 30 (Rev. Dubai, 2018) of this conference;\n"),
            expect![[r#"
                Resolution 30 (Rev. Dubai, 2018): The organ of this text is the World Telecommunication Development Conference, but it was the Plenipotentiary Conference that met in Dubai in 2018. Name the organ that is meant, or correct place and year.
            "#]],
        );
        assert(
            "Resolution 140 (Rev. Kigali, 2022) of the Plenipotentiary Conference\n",
            expect![[r#"
                Resolution 140 (Rev. Kigali, 2022): The Plenipotentiary Conference did not meet in Kigali in 2022, but the World Telecommunication Development Conference did. Correct the organ, or place and year.
                  Cite (Rev. Bucharest, 2022): Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference
            "#]],
        );
        assert(
            "全权代表大会第140号决议（2022年，基加利，修订版）\n",
            expect![[r#"
                第140号决议（2022年，基加利，修订版）: The Plenipotentiary Conference did not meet in Kigali in 2022, but the World Telecommunication Development Conference did. Correct the organ, or place and year.
                  Cite (Rev. Bucharest, 2022): 全权代表大会第140号决议（2022年，布加勒斯特，修订版）
            "#]],
        );
        assert(
            "Résolution 140 (Rév. Kigali, 2022) de la Conférence de plénipotentiaires\n",
            expect![[r#"
                Résolution 140 (Rév. Kigali, 2022): The Plenipotentiary Conference did not meet in Kigali in 2022, but the World Telecommunication Development Conference did. Correct the organ, or place and year.
                  Cite (Rev. Bucharest, 2022): Résolution 140 (Rév. Bucarest, 2022) de la Conférence de plénipotentiaires
            "#]],
        );
    }

    #[test]
    fn a_day_on_which_it_was_not_adopted() {
        assert(
            "General Assembly resolution 70/1 of 27 September 2015\n",
            expect![[r#"
                resolution 70/1 of 27 September 2015: General Assembly resolution 70/1 was adopted on 25 September 2015, not on 27 September 2015. Correct the date, or the number.
                  Write 25 September 2015: General Assembly resolution 70/1 of 25 September 2015
            "#]],
        );
        assert(
            "résolution 70/1 de l’Assemblée générale du 25 octobre 2015\n",
            expect![[r#"
                résolution 70/1 de l’Assemblée générale du 25 octobre 2015: General Assembly resolution 70/1 was adopted on 25 September 2015, not on 25 October 2015. Correct the date, or the number.
                  Write 25 September 2015: résolution 70/1 de l’Assemblée générale du 25 septembre 2015
            "#]],
        );
        assert("大会2015年9月27日第70/1号决议\n", expect![[""]]);
        assert(
            "General Assembly resolution 72/231 of 20 December 2016\n",
            expect![[r#"
                resolution 72/231 of 20 December 2016: General Assembly resolution 72/231 cannot be of 20 December 2016: by its number it is of a session from 10 September 2017 to 14 September 2018. Correct the date, or the number.
            "#]],
        );
        assert(
            "Security Council resolution 1325 (2000) of 31 October 2001\n",
            expect![[r#"
                resolution 1325 (2000) of 31 October 2001: Security Council resolution 1325 (2000) cannot be of 31 October 2001: by its number it is of 2000. Correct the date, or the number.
            "#]],
        );
        assert(
            "Human Rights Council resolution 33/10 of 29 September 2015\n",
            expect![[r#"
                resolution 33/10 of 29 September 2015: Human Rights Council resolution 33/10 cannot be of 29 September 2015: by its number it is of a session from 5 September 2016 to 14 October 2016. Correct the date, or the number.
            "#]],
        );
    }

    #[test]
    fn a_number_that_another_organ_gives() {
        assert(
            "Security Council resolution 70/125\n",
            expect![[r#"
            resolution 70/125: 70/125 is a number of the United Nations General Assembly, but the text names the United Nations Security Council. Correct the organ, or the number.
        "#]],
        );
        assert(
            "安全理事会第70/125号决议\n",
            expect![[r#"
            第70/125号决议: 70/125 is a number of the United Nations General Assembly, but the text names the United Nations Security Council. Correct the organ, or the number.
        "#]],
        );
        assert(
            "Resolution 1332 (Rev. 2016) of the Plenipotentiary Conference\n",
            expect![[r#"
                Resolution 1332 (Rev. 2016): The Plenipotentiary Conference has not adopted as many resolutions as 1332, but the ITU Council has. Correct the organ, or the number.
            "#]],
        );
    }

    #[test]
    fn silent_where_both_may_be_right() {
        for text in [
            "Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference\n",
            // Nobody met there: the version is what is wrong.
            "Resolution 140 (Rev. Kigali, 2018) of the Plenipotentiary Conference\n",
            "General Assembly resolution 70/1 of 25 September 2015\n",
            // The date may be of the second alone.
            "General Assembly resolutions 67/290 of 9 July 2013, 70/1, and 70/299 of 29 July 2016\n",
            // The last days of a session, and the first.
            "General Assembly resolution 66/293 of 17 September 2012\n",
            "General Assembly resolution 55/2 of 8 September 2000\n",
            // The Economic and Social Council begins its year in July.
            "Economic and Social Council resolution 2019/1 of 2 October 2018\n",
            // A body that is not known may number in any way.
            "United Nations Environmental Assembly resolution 5/3 of 2 March 2022\n",
            "resolution 24/10 of the Governing Council of 19 April 2013\n",
            "[General Assembly resolution 70/1](=) of 27 September 2015\n",
        ] {
            assert(text, expect![""]);
        }
    }

    #[test]
    fn one_mistake_gives_one_finding() {
        let text = "The World Telecommunication Development Conference (Kigali, 2022),\n\n*recalling*\n\na) Resolution 30 (Rev. Busan, 2014) of this conference;\n";
        for other in ["citation/outdated", "citation/unknown-version", "citation/unknown", "citation/revised-since"] {
            assert_eq!(findings(other, text), []);
        }
    }
}
