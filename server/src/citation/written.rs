//! How a citation is written, in each language: what completion offers and fixes put into the text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::{NumberShape, body, place_name};
use super::id::ResolutionId;
use crate::syntax::Language;

/// A version to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenVersion<'a> {
    /// Where the session met, by its English name; `None` for a body that is cited by the year alone.
    pub place: Option<&'a str>,
    /// The year of the session.
    pub year: u16,
    /// Whether it is a revision.
    pub revised: bool,
}

/// A citation of a resolution as its house writes it in a language: “Resolution 140 (Rev. Bucharest, 2022)”, “General
/// Assembly resolution 70/125”, 理事会第1332号决议（2016年，修订版）. The version is left out where its body has none.
pub fn written(id: &ResolutionId, version: Option<WrittenVersion<'_>>, language: Language) -> String {
    let data = data();
    let (base, kind) = split(&id.body);
    let draft = id.number.contains("/L.");
    let kind = data.kinds.get(if draft { "draft" } else { kind }).and_then(|names| names.get(&language));
    let mut kind = kind.cloned().unwrap_or_default();
    // The ITU writes the names of its acts with a capital letter, the United Nations and its family do not.
    if body(base).is_some_and(|body| body.profile == "itu") {
        kind = capital(&kind);
    }
    let template = if draft { None } else { data.bodies.get(base).and_then(|templates| templates.get(&language)) };
    let general = if draft { &data.drafts } else { &data.default };
    let template = template.or_else(|| general.get(&language)).map_or("{kind} {number}", String::as_str);
    let mut number = id.number.clone();
    if language == Language::Zh {
        number = number.replace(" (", "（").replace('(', "（").replace(')', "）");
    }
    let text = template.replace("{kind}", &kind).replace("{number}", &number);
    match version.and_then(|version| filled(id, version, language)) {
        Some(version) => text + &version,
        None => text,
    }
}

/// The parenthesis of a version alone, with its brackets: “(Rev. Bucharest, 2022)”, （2022年，布加勒斯特，修订版）, “(Rev.WRC-19)”.
/// `None` for a body whose resolutions have no versions.
pub fn written_version(id: &ResolutionId, version: WrittenVersion<'_>, language: Language) -> Option<String> {
    filled(id, version, language).map(|text| text.trim_start().to_owned())
}

/// The parenthesis with what stands between it and the number.
fn filled(id: &ResolutionId, version: WrittenVersion<'_>, language: Language) -> Option<String> {
    let base = split(&id.body).0;
    let shapes = body(base).map_or(&[][..], |body| &body.numbers);
    // A body that the data does not know is taken to write as most do.
    if !shapes.is_empty() && !shapes.iter().any(|shape| matches!(shape, NumberShape::Plain | NumberShape::Revised)) {
        return None;
    }
    let templates = data().versions.get(&language)?;
    let code = data().codes.get(base).and_then(|codes| codes.get(&language));
    let template = match (code, version.place, version.revised) {
        (Some(_), _, false) => &templates.code,
        (Some(_), _, true) => &templates.code_revised,
        (None, Some(_), false) => &templates.place,
        (None, Some(_), true) => &templates.place_revised,
        (None, None, false) => &templates.year,
        (None, None, true) => &templates.year_revised,
    };
    let place = version.place.map_or("", |place| place_name(place, language).unwrap_or(place));
    let code = code.map(|code| code.replace("{yy}", &format!("{:02}", version.year % 100))).unwrap_or_default();
    let text = template.replace("{code}", &code).replace("{place}", place);
    Some(text.replace("{year}", &version.year.to_string()))
}

/// The body and the kind of what an id's body says: `PP Decision` is a decision of `PP`.
fn split(id_body: &str) -> (&str, &str) {
    const KINDS: [(&str, &str); 3] =
        [(" Decision", "decision"), (" Opinion", "opinion"), (" Recommendation", "recommendation")];
    let kind = KINDS.iter().find_map(|(suffix, kind)| Some((id_body.strip_suffix(suffix)?, *kind)));
    kind.unwrap_or((id_body, "resolution"))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

type Templates = BTreeMap<Language, String>;

/// The templates of a language's versions, each with what stands between the number and the parenthesis: `{place}`,
/// `{year}` and `{code}` are put in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct VersionTemplates {
    /// As first adopted, with the place.
    place: String,
    /// Revised, with the place.
    place_revised: String,
    /// As first adopted, with the year alone.
    year: String,
    /// Revised, with the year alone.
    year_revised: String,
    /// As first adopted, by the session's code.
    code: String,
    /// Revised, by the session's code.
    code_revised: String,
}

/// `data/written.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// What is cited: `resolution`, `decision`, `opinion`, `recommendation`, `draft`, as within a sentence.
    kinds: BTreeMap<String, Templates>,
    /// A citation without its body's name: `{kind}` and `{number}` are put in.
    default: Templates,
    /// A draft.
    drafts: Templates,
    /// A citation of bodies that are named in it.
    bodies: BTreeMap<String, Templates>,
    /// Versions.
    versions: BTreeMap<Language, VersionTemplates>,
    /// Codes of sessions, of bodies that are cited by them: `{yy}` is the year's last two digits.
    codes: BTreeMap<String, Templates>,
}

fn data() -> &'static Written {
    static DATA: LazyLock<Written> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../data/written.json"))
            .expect("the bundled data is read by the tests and cannot change afterwards")
    });
    &DATA
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{data as facts, read};
    use crate::syntax::{lower, parse};

    fn id(text: &str) -> ResolutionId {
        text.parse().expect(text)
    }

    fn all(id_text: &str, version: Option<WrittenVersion<'_>>) -> String {
        Language::ALL.map(|language| written(&id(id_text), version, language)).join("\n")
    }

    #[test]
    fn each_house_writes_in_its_own_way() {
        let revised = WrittenVersion { place: Some("Bucharest"), year: 2022, revised: true };
        let first = WrittenVersion { place: Some("Kigali"), year: 2022, revised: false };
        let council = WrittenVersion { place: None, year: 2016, revised: true };
        let radio = WrittenVersion { place: Some("Dubai"), year: 2023, revised: true };
        let shown = [
            all("PP-140", Some(revised)),
            all("WTDC-90", Some(first)),
            all("PP Decision-5", Some(revised)),
            all("Council-1332", Some(council)),
            all("WRC-425", Some(radio)),
            all("ITU-R-61", None),
            all("UNGA-70/125", Some(first)),
            all("UNSC-1325 (2000)", None),
            all("ECOSOC Decision-2023/3", None),
            all("WHA-WHA75.8", None),
            all("UNGA-A/78/L.49", None),
        ];
        expect_test::expect![[r#"
            Resolution 140 (Rev. Bucharest, 2022)
            Résolution 140 (Rév. Bucarest, 2022)
            Resolución 140 (Rev. Bucarest, 2022)
            Резолюция 140 (Пересм. Бухарест, 2022 г.)
            第140号决议（2022年，布加勒斯特，修订版）
            القرار 140 (المراجَع في بوخارست، 2022)

            Resolution 90 (Kigali, 2022)
            Résolution 90 (Kigali, 2022)
            Resolución 90 (Kigali, 2022)
            Резолюция 90 (Кигали, 2022 г.)
            第90号决议（2022年，基加利）
            القرار 90 (كيغالي، 2022)

            Decision 5 (Rev. Bucharest, 2022)
            Décision 5 (Rév. Bucarest, 2022)
            Decisión 5 (Rev. Bucarest, 2022)
            Решение 5 (Пересм. Бухарест, 2022 г.)
            第5号决定（2022年，布加勒斯特，修订版）
            المقرر 5 (المراجَع في بوخارست، 2022)

            Council Resolution 1332 (Rev. 2016)
            Résolution 1332 du Conseil (Rév. 2016)
            Resolución 1332 del Consejo (Rev. 2016)
            Резолюция 1332 Совета (Пересм. 2016 г.)
            理事会第1332号决议（2016年，修订版）
            قرار المجلس 1332 (المراجَع في 2016)

            Resolution 425 (Rev.WRC-23)
            Résolution 425 (Rév.CMR-23)
            Resolución 425 (Rev.CMR-23)
            Резолюция 425 (Пересм. ВКР-23)
            第425号决议（WRC-23，修订版）
            القرار 425 (المراجَع WRC-23)

            Resolution ITU-R 61
            Résolution UIT-R 61
            Resolución UIT-R 61
            Резолюция МСЭ-R 61
            ITU-R第61号决议
            القرار ITU-R 61

            General Assembly resolution 70/125
            résolution 70/125 de l’Assemblée générale
            resolución 70/125 de la Asamblea General
            резолюция 70/125 Генеральной Ассамблеи
            大会第70/125号决议
            قرار الجمعية العامة 70/125

            Security Council resolution 1325 (2000)
            résolution 1325 (2000) du Conseil de sécurité
            resolución 1325 (2000) del Consejo de Seguridad
            резолюция 1325 (2000) Совета Безопасности
            安全理事会第1325（2000）号决议
            قرار مجلس الأمن 1325 (2000)

            Economic and Social Council decision 2023/3
            décision 2023/3 du Conseil économique et social
            decisión 2023/3 del Consejo Económico y Social
            решение 2023/3 Экономического и Социального Совета
            经济及社会理事会第2023/3号决定
            مقرر المجلس الاقتصادي والاجتماعي 2023/3

            resolution WHA75.8
            résolution WHA75.8
            resolución WHA75.8
            резолюция WHA75.8
            第WHA75.8号决议
            القرار WHA75.8

            draft resolution A/78/L.49
            projet de résolution A/78/L.49
            proyecto de resolución A/78/L.49
            проект резолюции A/78/L.49
            A/78/L.49号决议草案
            مشروع القرار A/78/L.49"#]]
        .assert_eq(&shown.join("\n\n"));
    }

    /// What is written is read again as the same resolution in the same version, in every language.
    #[test]
    fn what_is_written_is_read_as_what_was_meant() {
        let ids = [
            "PP-140",
            "PP Decision-5",
            "WTSA-50",
            "WTDC-37",
            "Council-1332",
            "WRC-425",
            "ITU-R-61",
            "UNGA-70/125",
            "UNGA-2625 (XXV)",
            "UNGA-S-27/1",
            "UNSC-1325 (2000)",
            "HRC-33/10",
            "ECOSOC-2023/3",
            "WHA-WHA75.8",
            "UNGA-A/78/L.49",
            "UNGA Decision-78/542",
        ];
        let mut wrong = Vec::new();
        for text in ids {
            let id = id(text);
            let base = split(&id.body).0;
            let session = facts().sessions.iter().rev().find(|session| session.body == base);
            let version = session.map(|session| WrittenVersion {
                place: session.place.as_deref().filter(|_| base != "Council"),
                year: session.year,
                revised: true,
            });
            let has_versions = version.and_then(|version| written_version(&id, version, Language::En)).is_some();
            for language in Language::ALL {
                let words = written(&id, version, language);
                let source = format!("{words}\n");
                let found = read(&lower(&source, &parse(&source))).citations;
                let year = version.filter(|_| has_versions).map(|version| version.year.to_string());
                let same = |found: &[crate::citation::Citation]| {
                    let [only] = found else { return false };
                    only.id.as_ref() == Some(&id) && only.version == year
                };
                if !same(&found) {
                    let got: Vec<_> = found
                        .iter()
                        .map(|c| (c.id.as_ref().map(|id| id.at(c.version.as_deref())), c.candidates.clone()))
                        .collect();
                    wrong.push(format!("{text} {language:?} {words}: {got:?}"));
                }
            }
        }
        assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_language_has_every_template() {
        let data = data();
        let complete = |templates: &Templates| Language::ALL.iter().all(|language| templates.contains_key(language));
        assert!(data.kinds.values().chain(data.bodies.values()).chain(data.codes.values()).all(complete));
        assert!(complete(&data.default) && complete(&data.drafts));
        assert!(Language::ALL.iter().all(|language| data.versions.contains_key(language)));
        assert!(data.bodies.keys().chain(data.codes.keys()).all(|id| body(id).is_some()));
    }

    #[test]
    fn the_schema_is_up_to_date() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Written)).expect("a schema is JSON") + "\n";
        expect_test::expect_file!["../../data/schema/written.schema.json"].assert_eq(&schema);
    }
}
