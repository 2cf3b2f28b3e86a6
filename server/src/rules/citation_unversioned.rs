//! `citation/unversioned`: a resolution of a body that revises its resolutions is cited without the version.

use std::collections::HashSet;

use jiff::civil::Date;

use super::citation_common::{Judge, Judged, base, name, range, with_resolution};
use super::citation_fix_insert::{self as insert, is_proven};
use super::citation_quotes::Quotes;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::catalogue::{Existence, Status, VersionKind};
use crate::citation::{BodyFacts, Instrument, NumberShape, ResolutionId, Wording, body, data};
use crate::syntax::{ParagraphKind, ProposalKind, ResolutionIndex, Side};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/unversioned",
    page: include_str!("../../../docs/rules/citation-unversioned.md"),
    severity: Severity::Information,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    let lacking: Vec<Judged<'_>> = judge.all().filter(lacks_version).collect();
    if lacking.is_empty() {
        return;
    }
    // A version that is named once need not be named again.
    let mut settled: HashSet<(ResolutionIndex, &ResolutionId)> = HashSet::new();
    let mut with_versions = HashSet::new();
    for citation in input.facts.citations.iter().filter(|citation| citation.side == Side::Amended) {
        let Some(paragraph) = input.facts.document.paragraphs.get(citation.paragraph.index()) else { continue };
        let Some(id) = &citation.id else { continue };
        if citation.version.is_some() || citation.flattened.is_some() {
            settled.insert((paragraph.resolution, id));
            with_versions.insert(paragraph.resolution);
        }
    }
    let mut quotes = Quotes::default();
    for cited in lacking {
        let Some(paragraph) = input.facts.document.paragraphs.get(cited.citation.paragraph.index()) else { continue };
        let resolution = paragraph.resolution;
        let customary = match input.profile(resolution) {
            Some(profile) => profile.id == "itu",
            None => with_versions.contains(&resolution),
        };
        if customary
            && is_text(input, resolution, paragraph.kind)
            && !tells_session(&cited)
            && !settled.contains(&(resolution, cited.id))
            && !quotes.hold(input, cited.citation.paragraph, cited.citation.range)
        {
            // The first mention has the finding.
            settled.insert((resolution, cited.id));
            out.push(finding(&cited));
        }
    }
}

/// Whether a paragraph is of the text that is adopted: neither an explanation nor a heading, nor of a text that stays as
/// it is.
fn is_text(input: &Input<'_>, resolution: ResolutionIndex, kind: ParagraphKind) -> bool {
    let document = &input.facts.document;
    let Some(own) = document.resolutions.get(resolution.index()) else { return false };
    let cover = own.title.is_none() && own.proposal.is_none() && document.resolutions.len() > 1;
    let kept =
        own.proposal.as_ref().is_some_and(|mark| matches!(mark.kind, ProposalKind::NoChange | ProposalKind::Suppress));
    !cover && !kept && matches!(kind, ParagraphKind::Clause | ParagraphKind::Text | ParagraphKind::Footnote)
}

/// Whether the words around a citation tell which version is meant: “adopted at its 2011 session”, 理事会2011年会议通过的.
fn tells_session(cited: &Judged<'_>) -> bool {
    let citation = cited.citation;
    let Some(paragraph) = cited.judge.input.facts.document.paragraphs.get(citation.paragraph.index()) else {
        return false;
    };
    let view = &paragraph.views[citation.side];
    let place = |offset| view.to_view(offset).map(usize::from);
    let (Some(start), Some(end)) = (place(citation.range.start()), place(citation.range.end())) else { return false };
    let before = view.text.get(..start).unwrap_or_default().chars().rev().take(NEAR).collect::<Vec<_>>();
    let behind = view.text.get(end..).unwrap_or_default().chars().take(NEAR);
    let sessions = || data().keywords.session_words.values().flatten();
    [before.into_iter().rev().collect::<String>(), behind.collect()].iter().any(|words| {
        let words = words.to_lowercase();
        let digits = |c: char| c.is_ascii_digit();
        let years = words.match_indices(digits).filter(|(at, _)| {
            let run = words.get(*at..).unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count();
            let first = !words.get(..*at).unwrap_or_default().ends_with(digits);
            let year = words.get(*at..*at + 2).is_some_and(|century| matches!(century, "19" | "20"));
            first && run == 4 && year
        });
        // “its 2011 session”, “its session in 2011”, 2011年会议
        years.into_iter().any(|(at, _)| {
            let close = words.get(..at).unwrap_or_default().chars().rev().take(BESIDE).collect::<Vec<_>>();
            let close: String = close.into_iter().rev().collect();
            let behind: String = words.get(at + 4..).unwrap_or_default().chars().take(BESIDE).collect();
            sessions().any(|session| close.contains(session.as_str()) || behind.contains(session.as_str()))
        })
    })
}

/// How many characters may stand between a year and the word for a session, the word included.
const BESIDE: usize = 14;

/// How many characters around a citation are looked at for a session.
const NEAR: usize = 60;

/// Whether a citation wants a version and has none.
fn lacks_version(cited: &Judged<'_>) -> bool {
    let citation = cited.citation;
    if citation.version.is_some()
        || citation.flattened.is_some()
        || citation.wording != Wording::Full
        || citation.instrument == Instrument::Draft
        || cited.history
        || is_of_the_file(cited)
    {
        return false;
    }
    *cited.answers.wants_version.get_or_init(|| {
        let catalogue = cited.judge.input.catalogue;
        // Other findings say what is wrong with these.
        let elsewhere = |day: &Date| {
            matches!(catalogue.status(cited.id, *day), Status::Abrogated { .. } | Status::ProposedOnly)
                || matches!(catalogue.existence(cited.id, None, *day), Existence::Never { .. })
        };
        body(base(cited.id)).is_some_and(|facts| wants_version(cited, facts))
            && ![cited.written, cited.judge.input.today].iter().any(elsewhere)
    })
}

/// Whether the resolution is one of the file's own: what is proposed for it is no citation.
fn is_of_the_file(cited: &Judged<'_>) -> bool {
    cited.judge.input.facts.identities.iter().any(|identity| identity.id.as_ref() == Some(cited.id))
}

/// Whether the body writes the version of what it cites: always where it meets at a place; where it is cited by the
/// year or a code, only for what is known to have been revised.
fn wants_version(cited: &Judged<'_>, facts: &BodyFacts) -> bool {
    let runs_on = facts.numbers == [NumberShape::Plain] && !facts.counts_anew && facts.profile == "itu";
    let revised = || {
        let version = cited.judge.input.catalogue.version_in_force(cited.id, cited.written).filter(is_proven);
        version.is_some_and(|version| version.kind == VersionKind::Revised)
    };
    runs_on && (!(facts.coded || facts.session_letter.is_some()) || revised())
}

fn finding(cited: &Judged<'_>) -> Finding {
    let today = cited.judge.input.today;
    let then = insert::version(cited, cited.written);
    let now = insert::version(cited, today).filter(|now| then.as_ref().is_none_or(|then| then.words != now.words));
    let name = name(cited.id);
    let message = match (&then, cited.past) {
        (Some(then), true) => format!(
            "{name} is cited without its version. When this text was written, {} was in force; add it.",
            then.words
        ),
        (Some(then), false) => {
            format!("{name} is cited without its version. {} is in force; add it.", then.words)
        }
        (None, _) => format!("{name} is cited without its version. Add place and year, as in other citations."),
    };
    let yearly = body(base(cited.id)).is_some_and(|facts| facts.session_letter.is_some());
    let severity = if yearly { Severity::Hint } else { RULE.severity };
    let finding = Finding::new(RULE.id, severity, range(cited), message);
    let mut finding = with_resolution(finding, cited.id, None, name);
    for (added, when) in [(then, ", in force when this text was written"), (now, ", in force today")] {
        let Some(added) = added else { continue };
        let when = if cited.past { when } else { "" };
        finding = finding.fix(format!("Add {}{when}", added.words), Remedy::Edits(added.edits));
    }
    finding
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::fixed_lines;

    const PP18: &str = "# Resolution 213 (Dubai, 2018)\n\nThe Plenipotentiary Conference of the International \
                        Telecommunication Union (Dubai, 2018),\n\n*recalling*\n\n";

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn the_version_of_the_day_and_that_of_today_are_offered() {
        assert(
            &format!("{PP18}a) Resolution 140 of this conference;\n"),
            expect![[r#"
            Resolution 140: Resolution 140 is cited without its version. When this text was written, (Rev. Dubai, 2018) was in force; add it.
              Add (Rev. Dubai, 2018), in force when this text was written: a) Resolution 140 (Rev. Dubai, 2018) of this conference;
              Add (Rev. Bucharest, 2022), in force today: a) Resolution 140 (Rev. Bucharest, 2022) of this conference;
        "#]],
        );
    }

    #[test]
    fn a_version_that_is_named_once_is_enough() {
        assert(
            &format!("{PP18}a) Resolution 140;\nb) Resolution 140 (Rev. Dubai, 2018);\nc) Resolution 140 again;\n"),
            expect![[""]],
        );
        assert(
            &format!("{PP18}a) Resolution 96 of this conference;\nb) Resolution 96;\n"),
            expect![[r#"
            Resolution 96: Resolution 96 is cited without its version. Add place and year, as in other citations.
        "#]],
        );
    }

    #[test]
    fn a_list_gets_one_version_or_each_its_own() {
        assert(
            &format!("{PP18}a) Resolutions 101 and 102 of this conference;\n"),
            expect![[r#"
            Resolutions 101: Resolution 101 is cited without its version. When this text was written, (Rev. Busan, 2014) was in force; add it.
              Add (Rev. Busan, 2014), in force when this text was written: a) Resolutions 101 (Rev. Busan, 2014) and 102 (Rev. Dubai, 2018) of this conference;
            102: Resolution 102 is cited without its version. When this text was written, (Rev. Dubai, 2018) was in force; add it.
              Add (Rev. Dubai, 2018), in force when this text was written: a) Resolutions 101 (Rev. Busan, 2014) and 102 (Rev. Dubai, 2018) of this conference;
              Add (Rev. Bucharest, 2022), in force today: a) Resolutions 101 (Rev. Busan, 2014) and 102 (Rev. Bucharest, 2022) of this conference;
        "#]],
        );
        assert(
            &format!("{PP18}a) Resolutions 102 and 140 of this conference;\n"),
            expect![[r#"
            Resolutions 102: Resolution 102 is cited without its version. When this text was written, (Rev. Dubai, 2018) was in force; add it.
              Add (Rev. Dubai, 2018), in force when this text was written: a) Resolutions 102 and 140 (Rev. Dubai, 2018) of this conference;
              Add (Rev. Bucharest, 2022), in force today: a) Resolutions 102 and 140 (Rev. Bucharest, 2022) of this conference;
            140: Resolution 140 is cited without its version. When this text was written, (Rev. Dubai, 2018) was in force; add it.
              Add (Rev. Dubai, 2018), in force when this text was written: a) Resolutions 102 and 140 (Rev. Dubai, 2018) of this conference;
              Add (Rev. Bucharest, 2022), in force today: a) Resolutions 102 and 140 (Rev. Bucharest, 2022) of this conference;
        "#]],
        );
    }

    #[test]
    fn every_language_writes_it_in_its_way() {
        let texts = [
            "国际电信联盟全权代表大会（2018年，迪拜），\n\n*忆及*\n\na) 本届大会第140号决议；\n",
            "La Conférence de plénipotentiaires de l’Union internationale des télécommunications (Dubaï, 2018),\n\n*rappelant*\n\na) la Résolution 140 de la présente Conférence;\n",
            "La Conferencia de Plenipotenciarios de la Unión Internacional de Telecomunicaciones (Dubái, 2018),\n\n*recordando*\n\na) la Resolución 140 de la presente Conferencia;\n",
            "Полномочная конференция Международного союза электросвязи (Дубай, 2018 г.),\n\n*напоминая*\n\na) Резолюцию 140 настоящей Конференции;\n",
            "إن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (دبي، 2018)،\n\n*إذ يذكّر*\n\n أ ) القرار 140 لهذا المؤتمر؛\n",
        ];
        let found: String = texts.iter().map(|text| fixed_lines(super::RULE.id, text)).collect();
        expect![[r#"
            第140号决议: Resolution 140 is cited without its version. When this text was written, （2018年，迪拜，修订版） was in force; add it.
              Add （2018年，迪拜，修订版）, in force when this text was written: a) 本届大会第140号决议（2018年，迪拜，修订版）；
              Add （2022年，布加勒斯特，修订版）, in force today: a) 本届大会第140号决议（2022年，布加勒斯特，修订版）；
            Résolution 140: Resolution 140 is cited without its version. When this text was written, (Rév. Dubaï, 2018) was in force; add it.
              Add (Rév. Dubaï, 2018), in force when this text was written: a) la Résolution 140 (Rév. Dubaï, 2018) de la présente Conférence;
              Add (Rév. Bucarest, 2022), in force today: a) la Résolution 140 (Rév. Bucarest, 2022) de la présente Conférence;
            Resolución 140: Resolution 140 is cited without its version. When this text was written, (Rev. Dubái, 2018) was in force; add it.
              Add (Rev. Dubái, 2018), in force when this text was written: a) la Resolución 140 (Rev. Dubái, 2018) de la presente Conferencia;
              Add (Rev. Bucarest, 2022), in force today: a) la Resolución 140 (Rev. Bucarest, 2022) de la presente Conferencia;
            Резолюцию 140: Resolution 140 is cited without its version. When this text was written, (Пересм. Дубай, 2018 г.) was in force; add it.
              Add (Пересм. Дубай, 2018 г.), in force when this text was written: a) Резолюцию 140 (Пересм. Дубай, 2018 г.) настоящей Конференции;
              Add (Пересм. Бухарест, 2022 г.), in force today: a) Резолюцию 140 (Пересм. Бухарест, 2022 г.) настоящей Конференции;
            القرار 140: Resolution 140 is cited without its version. When this text was written, (المراجَع في دبي، 2018) was in force; add it.
              Add (المراجَع في دبي، 2018), in force when this text was written:  أ ) القرار 140 (المراجَع في دبي، 2018) لهذا المؤتمر؛
              Add (المراجَع في بوخارست، 2022), in force today:  أ ) القرار 140 (المراجَع في بوخارست، 2022) لهذا المؤتمر؛
        "#]].assert_eq(&found);
    }

    #[test]
    fn a_year_without_a_session_tells_no_version() {
        assert(
            &format!("{PP18}a) the strategic plan for 2020-2023, set out in Resolution 140 of this conference;\n"),
            expect![[r#"
                Resolution 140: Resolution 140 is cited without its version. When this text was written, (Rev. Dubai, 2018) was in force; add it.
                  Add (Rev. Dubai, 2018), in force when this text was written: a) the strategic plan for 2020-2023, set out in Resolution 140 (Rev. Dubai, 2018) of this conference;
                  Add (Rev. Bucharest, 2022), in force today: a) the strategic plan for 2020-2023, set out in Resolution 140 (Rev. Bucharest, 2022) of this conference;
            "#]],
        );
    }

    #[test]
    fn what_is_tracked_stays_tracked() {
        assert(
            "MOD EUR/1\n\n# Resolution 130 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~})\n\nThe Plenipotentiary Conference of the International Telecommunication Union ({~~Dubai, 2018~>Bucharest, 2022~~}),\n\n*recalling*\n\na) Resolution 140 of this conference;\n",
            expect![[r#"
                Resolution 140: Resolution 140 is cited without its version. When this text was written, (Rev. Dubai, 2018) was in force; add it.
                  Add (Rev. Dubai, 2018), in force when this text was written: a) Resolution 140{++ (Rev. Dubai, 2018)++} of this conference;
                  Add (Rev. Bucharest, 2022), in force today: a) Resolution 140{++ (Rev. Bucharest, 2022)++} of this conference;
            "#]],
        );
    }

    #[test]
    fn silent_where_versions_are_not_customary_or_not_wanted() {
        for text in [
            "# Resolution 77/1\n\nThe General Assembly,\n\n*Recalling* Resolution 140 of the Plenipotentiary Conference,\n",
            "Resolution 140 of the Plenipotentiary Conference has been revised.\n",
            &format!("{PP18}a) the report “Resolution 140 of the Plenipotentiary Conference”;\n"),
            &format!("{PP18}a) [Resolution 140](=) of this conference;\n"),
            &format!("{PP18}a) that Resolution 140 of this conference confirmed the role of the Union;\n"),
            &format!("{PP18}a) Resolution 213 of this conference;\n"),
            &format!("{PP18}a) Council Resolution 1332, adopted at its 2011 session;\n"),
            &format!("{PP18}a) Resolution ITU-R 61-2;\n"),
            &format!("{PP18}a) United Nations General Assembly resolution 70/125;\n"),
            &format!("{PP18}a) Resolution 2 of the World Conference on International Telecommunications;\n"),
            &format!("{PP18}a) the mandate;\n\nReasons: Resolution 140 of this conference says so.\n"),
        ] {
            assert(text, expect![""]);
        }
    }
}
