//! What is read in whole documents: input and, below it, each citation as `words → id or what is open`.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Wording, read};
use crate::syntax::{Side, lower, parse};

/// One line for each citation: its words, the id with the version, `?` and the candidates where the body is open,
/// and what else is to be said.
fn cited(text: &str) -> String {
    let document = lower(text, &parse(text));
    let mut lines = String::new();
    for citation in read(&document).citations {
        let source = &text[std::ops::Range::from(citation.range)];
        assert!(source.contains(&text[std::ops::Range::from(citation.number_range)]));
        let id = match &citation.id {
            Some(id) => id.at(citation.version.as_deref()),
            None => format!("? {} of {}", citation.number, citation.candidates.join(" ")),
        };
        let mut line = format!("{} → {id}", citation.text);
        if !citation.in_both {
            line.push_str(if citation.side == Side::Amended { " [amended]" } else { " [in force]" });
        }
        if citation.pinned {
            line.push_str(" [pinned]");
        }
        if citation.historical {
            line.push_str(" [history]");
        }
        if citation.flattened.is_some() {
            line.push_str(" [flattened]");
        }
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}

/// One line for each citation: its words, its id, and what is to be said of its wording, title and date.
pub(super) fn worded(text: &str) -> String {
    let document = lower(text, &parse(text));
    let slice = |range: crate::syntax::TextRange| &text[std::ops::Range::from(range)];
    let mut lines = String::new();
    for citation in read(&document).citations {
        let id = citation.id.as_ref().map_or_else(|| format!("?-{}", citation.number), |id| id.to_string());
        let version = citation.version.as_deref().map(|version| format!("@{version}")).unwrap_or_default();
        let mut line = format!("{} → {id}{version}", citation.text);
        match citation.wording {
            Wording::Full => {}
            Wording::Between => line.push_str(" [between]"),
            Wording::Short(of) => line.push_str(&format!(" [for {}]", slice(of))),
        }
        if let Some(title) = &citation.title {
            let kind = if title.quoted { "title" } else { "about" };
            line.push_str(&format!(" [{kind}: {}]", title.text));
            assert_eq!(slice(title.range), &*title.text);
        }
        if let Some(date) = citation.date {
            line.push_str(&format!(" [{}: {}]", date.date, slice(date.range)));
        }
        if !citation.in_both {
            line.push_str(if citation.side == Side::Amended { " [amended]" } else { " [in force]" });
        }
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&cited(text));
}

const PP: &str = "---\nbody: PP\n---\n\n";
const UNGA: &str = "---\nbody: UNGA\n---\n\n";
const HRC: &str = "---\nbody: HRC\n---\n\n";
const COUNCIL: &str = "---\nbody: Council\n---\n\n";

#[test]
fn abbreviated_words_and_amended_texts() {
    check(
        "Res. 169 (Rev. Busan, 2014), Council Resolution 1332 (modified 2019), Decision 482 (modified 2018) of the \
         Council, Acuerdo 482 (modificado en 2018) del Consejo and Резолюция 1332 (измененная в 2019 г.) Совета МСЭ.",
        expect![[r#"
            Res. 169 (Rev. Busan, 2014) → PP-169@2014
            Resolution 1332 (modified 2019) → Council-1332@2019
            Decision 482 (modified 2018) → Council Decision-482@2018
            Acuerdo 482 (modificado en 2018) → Council Decision-482@2018
            Резолюция 1332 (измененная в 2019 г.) → Council-1332@2019
        "#]],
    );
}

#[test]
fn its_is_of_the_organ_cited_before_where_the_one_that_acts_numbers_otherwise() {
    check(
        &format!(
            "{UNGA}Recalling Commission on Population and Development resolution 2009/1 of 3 April 2009 and its \
             resolution 2013/1 of 26 April 2013, and Human Rights Council resolution 33/10 and its resolution 70/1.",
        ),
        expect![[r#"
            resolution 2009/1 of 3 April 2009 → CPD-2009/1
            resolution 2013/1 of 26 April 2013 → CPD-2013/1
            resolution 33/10 → HRC-33/10
            resolution 70/1 → UNGA-70/1
        "#]],
    );
}

#[test]
fn a_number_of_a_year_that_only_one_body_reaches_tells_it() {
    check(
        "The report was asked for in decision 1995/236 and in decision 1995/106.",
        expect![[r#"
        decision 1995/236 → ECOSOC Decision-1995/236
        decision 1995/106 → ? 1995/106 of ECOSOC
    "#]],
    );
}

#[test]
fn a_number_that_a_body_cannot_have_given_is_not_its() {
    check(
        "Recalls the adoption by the Economic Commission for Latin America and the Caribbean of its resolution 574 \
         (XXVII), and General Assembly resolution 70/1. See decision 67/21, decision 67/421, and resolution 2625 \
         (XXV).",
        expect![[r#"
            resolution 574 (XXVII) → ECLAC-574 (XXVII)
            resolution 70/1 → UNGA-70/1
            decision 67/21 → ? 67/21 of 
            decision 67/421 → UNGA Decision-67/421
            resolution 2625 (XXV) → UNGA-2625 (XXV)
        "#]],
    );
    check(
        "It recalled its resolution 24/3 of 19 April 2013.",
        expect![[r#"
        resolution 24/3 of 19 April 2013 → ? 24/3 of 
    "#]],
    );
    check(
        "It recalled its resolution 24/3 of 26 September 2013.",
        expect![[r#"
        resolution 24/3 of 26 September 2013 → HRC-24/3
    "#]],
    );
}

#[test]
fn old_sessions_in_arabic() {
    check(
        "قرار الجمعية العامة 2625 (د-25) المؤرخ 24 تشرين الأول/أكتوبر 1970 وقرارها 217 ألف (د-3) و3281 (د-٢٩)",
        expect![[r#"
            قرار الجمعية العامة 2625 (د-25) المؤرخ 24 تشرين الأول/أكتوبر 1970 → UNGA-2625 (XXV)
            قرارها 217 ألف (د-3) → UNGA-217 A (III)
            3281 (د-٢٩) → UNGA-3281 (XXIX)
        "#]],
    );
}

#[test]
fn alone() {
    check(
        "Resolution 140 (Rev. Dubai, 2018), Decision 5 (Rev. Dubai, 2018), Opinion 4 (Lisbon, 2009), Recommendation 7 \
         (Rev. Dubai, 2018), RESOLUTION 189 (REV. DUBAI, 2018) and Resolution 73 (Minneapolis, 1998) were read.",
        expect![[r#"
            Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
            Decision 5 (Rev. Dubai, 2018) → PP Decision-5@2018
            Opinion 4 (Lisbon, 2009) → WTPF Opinion-4@2009
            Recommendation 7 (Rev. Dubai, 2018) → PP Recommendation-7@2018
            RESOLUTION 189 (REV. DUBAI, 2018) → PP-189@2018
            Resolution 73 (Minneapolis, 1998) → PP-73@1998
        "#]],
    );
    check(
        "根据第140号决议（2018年，迪拜，修订版）、第8号决定（2002年，马拉喀什）、意见4（2009年，里斯本）以及第23号决议（2014，迪拜，修订版）。",
        expect![[r#"
            第140号决议（2018年，迪拜，修订版） → PP-140@2018
            第8号决定（2002年，马拉喀什） → PP Decision-8@2002
            意见4（2009年，里斯本） → WTPF Opinion-4@2009
            第23号决议（2014，迪拜，修订版） → WTDC-23@2014
        "#]],
    );
    check(
        "la résolution 140 (Rév. Dubaï, 2018) et l’Avis 4 (Lisbonne, 2009);",
        expect![[r#"
        résolution 140 (Rév. Dubaï, 2018) → PP-140@2018
        Avis 4 (Lisbonne, 2009) → WTPF Opinion-4@2009
    "#]],
    );
    check(
        "la Resolución 140 (Rev. Dubái, 2018) y la Decisión 5 (Rev. Bucarest, 2022);",
        expect![[r#"
        Resolución 140 (Rev. Dubái, 2018) → PP-140@2018
        Decisión 5 (Rev. Bucarest, 2022) → PP Decision-5@2022
    "#]],
    );
    check(
        "Резолюцию 140 (Пересм. Дубай, 2018 г.) и Решение 5 (Пересм. Бухарест, 2022 г.);",
        expect![[r#"
        Резолюцию 140 (Пересм. Дубай, 2018 г.) → PP-140@2018
        Решение 5 (Пересм. Бухарест, 2022 г.) → PP Decision-5@2022
    "#]],
    );
    check(
        "القرار 140 (المراجَع في دبي، 2018) والمقرر 5 (المراجَع في بوخارست، 2022)؛",
        expect![[r#"
            القرار 140 (المراجَع في دبي، 2018) → PP-140@2018
            المقرر 5 (المراجَع في بوخارست، 2022) → PP Decision-5@2022
        "#]],
    );
    check(
        "القرار ١٤٠ (المراجع في دبي، ٢٠١٨)؛",
        expect![[r#"
            القرار ١٤٠ (المراجع في دبي، ٢٠١٨) → PP-140@2018
        "#]],
    );
}

#[test]
fn groups() {
    check(
        "Resolutions 101, 102 and 133 (Rev. Busan, 2014) apply.",
        expect![[r#"
        Resolutions 101 → PP-101@2014
        102 → PP-102@2014
        133 (Rev. Busan, 2014) → PP-133@2014
    "#]],
    );
    check(
        "第101和102号决议（2010年，瓜达拉哈拉，修订版）",
        expect![[r#"
        第101 → PP-101@2010
        102号决议（2010年，瓜达拉哈拉，修订版） → PP-102@2010
    "#]],
    );
    check(
        "电信标准化全会第50、第52号决议和第58号决议（2016年，哈马马特，修订版）；",
        expect![[r#"
        第50 → WTSA-50@2016
        第52号决议 → WTSA-52@2016
        第58号决议（2016年，哈马马特，修订版） → WTSA-58@2016
    "#]],
    );
    check(
        "Resolutions 45 (Rev. Dubai, 2014) and 69 (Rev. Buenos Aires, 2017) of WTDC, and 12 countries.",
        expect![[r#"
            Resolutions 45 (Rev. Dubai, 2014) → WTDC-45@2014
            69 (Rev. Buenos Aires, 2017) → WTDC-69@2017
        "#]],
    );
    check(
        "les Résolutions 101, 102 et 133 (Rév. Busan, 2014);",
        expect![[r#"
        Résolutions 101 → PP-101@2014
        102 → PP-102@2014
        133 (Rév. Busan, 2014) → PP-133@2014
    "#]],
    );
    check(
        "las Resoluciones 101 y 102 (Rev. Busán, 2014);",
        expect![[r#"
        Resoluciones 101 → PP-101@2014
        102 (Rev. Busán, 2014) → PP-102@2014
    "#]],
    );
    check(
        "Резолюции 101, 102 и 133 (Пересм. Пусан, 2014 г.);",
        expect![[r#"
        Резолюции 101 → PP-101@2014
        102 → PP-102@2014
        133 (Пересм. Пусан, 2014 г.) → PP-133@2014
    "#]],
    );
    check(
        "القرارين 101 و102 (المراجَعين في بوسان، 2014) والقرارات 101 و102 و133 (المراجَعة في بوسان، 2014)",
        expect![[r#"
            القرارين 101 → PP-101@2014
            102 (المراجَعين في بوسان، 2014) → PP-102@2014
            القرارات 101 → PP-101@2014
            102 → PP-102@2014
            133 (المراجَعة في بوسان، 2014) → PP-133@2014
        "#]],
    );
    check(
        "理事会第1332和1334号决议；第1332号决议和第140号决议（2018年，迪拜，修订版）",
        expect![[r#"
        第1332 → Council-1332
        1334号决议 → Council-1334
        第1332号决议 → Council-1332
        第140号决议（2018年，迪拜，修订版） → PP-140@2018
    "#]],
    );
}

#[test]
fn lists_with_words_between() {
    check(
        "Human Rights Council resolutions 5/1, on institution-building of the Council, and 5/2, on the code of conduct,",
        expect![[r#"
            resolutions 5/1 → HRC-5/1
            5/2 → HRC-5/2
        "#]],
    );
    check(
        "its resolutions 48/134 of 20 December 1993, on national institutions, and 70/163 of 17 December 2015, and \
         the report of 2016/17 and 3/4 of States",
        expect![[r#"
            resolutions 48/134 of 20 December 1993 → UNGA-48/134
            70/163 of 17 December 2015 → UNGA-70/163
        "#]],
    );
    check(
        "Security Council resolutions 1325 (2000) of 31 October 2000, on women and peace, and 1820 (2008), on violence;",
        expect![[r#"
            resolutions 1325 (2000) of 31 October 2000 → UNSC-1325 (2000)
            1820 (2008) → UNSC-1820 (2008)
        "#]],
    );
}

#[test]
fn lists_of_examples() {
    check(
        "Recalling the resolutions of the Security Council on the matter, including 2178 (2014), 2195 (2014) and 2250 (2015);",
        expect![[r#"
            2178 (2014) → UNSC-2178 (2014)
            2195 (2014) → UNSC-2195 (2014)
            2250 (2015) → UNSC-2250 (2015)
        "#]],
    );
}

#[test]
fn a_list_of_two_organs() {
    check(
        "General Assembly and Security Council resolutions 60/180 and 1645 (2005) of 20 December 2005, 70/262 and 2282 (2016);",
        expect![[r#"
            resolutions 60/180 → UNGA-60/180
            1645 (2005) of 20 December 2005 → UNSC-1645 (2005)
            70/262 → UNGA-70/262
            2282 (2016) → UNSC-2282 (2016)
        "#]],
    );
}

#[test]
fn its_resolution_is_not_of_the_acting_organ_where_the_date_says_no() {
    let text = format!(
        "{HRC}Taking note of what the General Assembly has adopted since 2010, in particular its resolutions 65/123 of \
         13 December 2010 and 66/261 of 29 May 2012, and recalling its resolution 33/10 of 29 September 2016,"
    );
    check(
        &text,
        expect![[r#"
            resolutions 65/123 of 13 December 2010 → UNGA-65/123
            66/261 of 29 May 2012 → UNGA-66/261
            resolution 33/10 of 29 September 2016 → HRC-33/10
        "#]],
    );
}

#[test]
fn an_organ_named_before_its_resolution() {
    check(
        &format!("{UNGA}adopted by the Commission on Narcotic Drugs at its meeting in its resolution 53/4,"),
        expect![[r#"
            resolution 53/4 → CND-53/4
        "#]],
    );
}

#[test]
fn parts_of_a_resolution() {
    check(
        "its resolutions 75/101 A and B of 10 December 2020, 57/270 B and 71/101 A–B; a 70/1 A report",
        expect![[r#"
            resolutions 75/101 A → UNGA-75/101 A
            B of 10 December 2020 → UNGA-75/101 B
            57/270 B → UNGA-57/270 B
            71/101 A → UNGA-71/101 A
            B → UNGA-71/101 B
        "#]],
    );
}

#[test]
fn a_date_rules_sessions_out() {
    check(
        &format!("{UNGA}resolution 6/5 of 6 November 2015, decision 15/4 and resolution 33/10 of 29 September 2016"),
        expect![[r#"
            resolution 6/5 of 6 November 2015 → ? 6/5 of 
            decision 15/4 → ? 15/4 of 
            resolution 33/10 of 29 September 2016 → HRC-33/10
        "#]],
    );
}

#[test]
fn a_conference_of_parties_is_no_one_body() {
    check(
        "decision 24/3 of the Conference of the Parties",
        expect![[r#"
            decision 24/3 → ? 24/3 of 
        "#]],
    );
}

#[test]
fn general_assembly() {
    check(
        "resolutions 64/292 of 28 July 2010 and 70/169 of 17 December 2015 of the General Assembly, A/RES/70/1, \
         resolution 2625 (XXV) of 24 October 1970, General Assembly resolution 217 A (III), resolution 50/71 A of 12 \
         December 1995 and resolution ES-11/1;",
        expect![[r#"
            resolutions 64/292 of 28 July 2010 → UNGA-64/292
            70/169 of 17 December 2015 → UNGA-70/169
            A/RES/70/1 → UNGA-70/1
            resolution 2625 (XXV) of 24 October 1970 → UNGA-2625 (XXV)
            resolution 217 A (III) → UNGA-217 A (III)
            resolution 50/71 A of 12 December 1995 → UNGA-50/71 A
            resolution ES-11/1 → UNGA-ES-11/1
        "#]],
    );
    check(
        "联大68/302号决议、联合国大会（UNGA）第A/RES/70/125、A/RES/70/1号决议、第A/70/125号决议、联大A/78/L.49决议和\
         大会2015年12月16日第70/125号决议、第2625（XXV）号决议",
        expect![[r#"
            68/302号决议 → UNGA-68/302
            第A/RES/70/125 → UNGA-70/125
            A/RES/70/1号决议 → UNGA-70/1
            第A/70/125号决议 → UNGA-70/125
            A/78/L.49决议 → UNGA-A/78/L.49
            第70/125号决议 → UNGA-70/125
            第2625（XXV）号决议 → UNGA-2625 (XXV)
        "#]],
    );
    check(
        "la résolution 70/125 de l’Assemblée générale, en date du 16 décembre 2015, et sa résolution 70/1",
        expect![[r#"
            résolution 70/125 → UNGA-70/125
            résolution 70/1 → UNGA-70/1
        "#]],
    );
    check(
        "la resolución 70/125 de la Asamblea General, de 16 de diciembre de 2015,",
        expect![[r#"
        resolución 70/125 → UNGA-70/125
    "#]],
    );
    check(
        "резолюцию 70/125 Генеральной Ассамблеи от 16 декабря 2015 года,",
        expect![[r#"
        резолюцию 70/125 → UNGA-70/125
    "#]],
    );
    check(
        "قرار الجمعية العامة 70/125 المؤرخ 16 كانون الأول/ديسمبر 2015 والقرار 70/1",
        expect![[r#"
            قرار الجمعية العامة 70/125 المؤرخ 16 كانون الأول/ديسمبر 2015 → UNGA-70/125
            القرار 70/1 → UNGA-70/1
        "#]],
    );
}

#[test]
fn other_organs_of_the_united_nations() {
    check(
        "Security Council resolutions 1325 (2000) of 31 October 2000 and 1820 (2008), S/RES/2250 (2015), Human Rights \
         Council resolution 33/10, ECOSOC resolution 2023/3 and E/RES/2012/24, Commission on Human Rights resolution \
         1998/72, resolution 5/14 of the United Nations Environment Assembly",
        expect![[r#"
            resolutions 1325 (2000) of 31 October 2000 → UNSC-1325 (2000)
            1820 (2008) → UNSC-1820 (2008)
            S/RES/2250 (2015) → UNSC-2250 (2015)
            resolution 33/10 → HRC-33/10
            resolution 2023/3 → ECOSOC-2023/3
            E/RES/2012/24 → ECOSOC-2012/24
            resolution 1998/72 → CHR-1998/72
            resolution 5/14 → UNEA-5/14
        "#]],
    );
    check(
        "安全理事会第1325（2000）号决议、人权理事会第33/10号决议、经社理事会第2023/3号决议",
        expect![[r#"
        第1325（2000）号决议 → UNSC-1325 (2000)
        第33/10号决议 → HRC-33/10
        第2023/3号决议 → ECOSOC-2023/3
    "#]],
    );
    check(
        "la résolution 1325 (2000) du Conseil de sécurité et la résolution 33/10 du Conseil des droits de l’homme",
        expect![[r#"
            résolution 1325 (2000) → UNSC-1325 (2000)
            résolution 33/10 → HRC-33/10
        "#]],
    );
    check(
        "резолюция 1325 (2000) Совета Безопасности и резолюция Совета по правам человека 33/10",
        expect![[r#"
        резолюция 1325 (2000) → UNSC-1325 (2000)
        резолюция Совета по правам человека 33/10 → HRC-33/10
    "#]],
    );
    check(
        "قرار مجلس الأمن 1325 (2000) وقرار مجلس حقوق الإنسان 33/10",
        expect![[r#"
        قرار مجلس الأمن 1325 (2000) → UNSC-1325 (2000)
        قرار مجلس حقوق الإنسان 33/10 → HRC-33/10
    "#]],
    );
    check(
        "WHA75.8, resolution WHA76.1 of the Health Assembly, decision WHA75(8), EB150(3) and EB148.R7",
        expect![[r#"
            WHA75.8 → WHA-WHA75.8
            resolution WHA76.1 → WHA-WHA76.1
            decision WHA75(8) → WHA Decision-WHA75(8)
            EB150(3) → EB Decision-EB150(3)
            EB148.R7 → EB-EB148.R7
        "#]],
    );
}

#[test]
fn telecommunication_sectors() {
    check(
        "Resolution ITU-R 61-2, ITU-R 9-6, Resolution 425 (WRC-15), Resolution 12 (Rev.WRC-19), WTSA Resolution 75, \
         Resolution 30 (Rev. Kigali, 2022), Resolution 64 (Rev. Hammamet, 2016) and Resolution 69 of WTDC",
        expect![[r#"
            Resolution ITU-R 61-2 → ITU-R-61
            ITU-R 9-6 → ITU-R-9
            Resolution 425 (WRC-15) → WRC-425@2015
            Resolution 12 (Rev.WRC-19) → WRC-12@2019
            Resolution 75 → WTSA-75
            Resolution 30 (Rev. Kigali, 2022) → WTDC-30@2022
            Resolution 64 (Rev. Hammamet, 2016) → WTSA-64@2016
            Resolution 69 → WTDC-69
        "#]],
    );
    check(
        "ITU-R第61-2号决议（2019年，沙姆沙伊赫，修订版）、第425号决议（WRC-15）、（WCIT-12）第1号决议",
        expect![[r#"
            ITU-R第61-2号决议（2019年，沙姆沙伊赫，修订版） → ITU-R-61@2019
            第425号决议（WRC-15） → WRC-425@2015
            第1号决议 → WCIT-1
        "#]],
    );
    check(
        "Résolution UIT-R 61-2, Résolution 425 (CMR-15); Резолюция МСЭ-R 61-2 и Резолюция 425 (ВКР-15)",
        expect![[r#"
        Résolution UIT-R 61-2 → ITU-R-61
        Résolution 425 (CMR-15) → WRC-425@2015
        Резолюция МСЭ-R 61-2 → ITU-R-61
        Резолюция 425 (ВКР-15) → WRC-425@2015
    "#]],
    );
}

#[test]
fn council() {
    check(
        "Council Resolution 1332 (C11, last amended C19), Resolution 1336 (Rev. 2015) of the Council and Resolution \
         1305 (2009) of the ITU Council",
        expect![[r#"
            Resolution 1332 (C11, last amended C19) → Council-1332@2019
            Resolution 1336 (Rev. 2015) → Council-1336@2015
            Resolution 1305 (2009) → Council-1305@2009
        "#]],
    );
    check(
        "第1332号决议（理事会2011年会议，理事会2019年会议最新修订版）、第1334号决议（2023年修订版）、理事会2009年会议上通过的\
         第1305号决议（2009年）、第1332号决议（2016年，修订版）",
        expect![[r#"
            第1332号决议（理事会2011年会议，理事会2019年会议最新修订版） → Council-1332@2019
            第1334号决议（2023年修订版） → Council-1334@2023
            第1305号决议（2009年） → Council-1305@2009
            第1332号决议（2016年，修订版） → Council-1332@2016
        "#]],
    );
    check(
        "la Résolution 1332 du Conseil (C11, dernière mod. C19);",
        expect![[r#"
        Résolution 1332 du Conseil (C11, dernière mod. C19) → Council-1332@2019
    "#]],
    );
}

#[test]
fn what_is_no_citation() {
    check(
        "Question 22-1/1, document CWG-WSIS&SDG-39/2, on 12/5, Recommendation ITU-T E.164, Article 5, ISO 9001, \
         *resolves* 2 above, opinion 2, draft resolution 3, Annex 1, paragraph 70/1, C5 and C11, WTDC-17",
        expect![""],
    );
    check(
        "第22-1/1号课题、ITU-T E.164建议书、《突尼斯议程》第29-82段、按照做出决议7、第5条、本决议附件1、第3/2号课题",
        expect![""],
    );
    check("# Resolution 140 (Rev. Dubai, 2018)\n\nThe Council,", expect![""]);
    check("Resolution 140 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference (Dubai, 2018),", expect![""]);
}

#[test]
fn place_and_year_name_the_body() {
    check(
        "Resolution 45 (Rev. Dubai, 2014), Resolution 75 (Rev. Dubai, 2012), Resolution 1 (Dubai, 2012), Resolution \
         140 (Rev. Dubai, 2018), Resolution 62 (Rev. Geneva, 2015), Resolution 75 (Rev. Geneva, 2022)",
        expect![[r#"
            Resolution 45 (Rev. Dubai, 2014) → WTDC-45@2014
            Resolution 75 (Rev. Dubai, 2012) → WTSA-75@2012
            Resolution 1 (Dubai, 2012) → ? 1 of WTSA WCIT
            Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
            Resolution 62 (Rev. Geneva, 2015) → ITU-R-62@2015
            Resolution 75 (Rev. Geneva, 2022) → WTSA-75@2022
        "#]],
    );
}

#[test]
fn a_number_alone_stays_open() {
    check(
        "resolution 33/10, Resolution 69, resolution S-27/1",
        expect![[r#"
        resolution 33/10 → ? 33/10 of UNGA HRC
        Resolution 69 → ? 69 of PP WTSA WTDC ITU-R WRC
        resolution S-27/1 → ? S-27/1 of UNGA HRC
    "#]],
    );
}

#[test]
fn the_document_decides_last() {
    check(
        &format!("{PP}Resolution 71, and Resolution 71 (Rev. Dubai, 2014) of this conference"),
        expect![[r#"
        Resolution 71 → PP-71
        Resolution 71 (Rev. Dubai, 2014) → PP-71@2014
    "#]],
    );
    check(
        &format!("{COUNCIL}Resolution 71 and Resolution 1299"),
        expect![[r#"
        Resolution 71 → ? 71 of PP WTSA WTDC ITU-R WRC
        Resolution 1299 → Council-1299
    "#]],
    );
    check(
        &format!("{UNGA}*Recalling* its resolution 33/10 and resolution 33/11,"),
        expect![[r#"
        resolution 33/10 → UNGA-33/10
        resolution 33/11 → UNGA-33/11
    "#]],
    );
    check(
        &format!("{HRC}*Recalling* its resolution 33/10, resolution 60/251 and Council resolution 5/1,"),
        expect![[r#"
            resolution 33/10 → HRC-33/10
            resolution 60/251 → UNGA-60/251
            resolution 5/1 → HRC-5/1
        "#]],
    );
    check(
        &format!(
            "{HRC}*Recalling* General Assembly resolution 48/134 of 20 December 1993, and resolution 46/20 of 24 March 2021,"
        ),
        expect![[r#"
            resolution 48/134 of 20 December 1993 → UNGA-48/134
            resolution 46/20 of 24 March 2021 → HRC-46/20
        "#]],
    );
    check(
        &format!("{HRC}endorsed by the General Assembly in its resolution 48/134,"),
        expect![[r#"
        resolution 48/134 → UNGA-48/134
    "#]],
    );
    check(
        &format!(
            "{PP}本届大会有关战略规划的第71号决议（2018年，迪拜，修订版）、全权代表大会在其第70号决议（1998年，明尼阿波利斯）"
        ),
        expect![[r#"
            第71号决议（2018年，迪拜，修订版） → PP-71@2018
            第70号决议（1998年，明尼阿波利斯） → PP-70@1998
        "#]],
    );
}

#[test]
fn an_explanation_cites_the_resolutions_of_its_file() {
    check(
        "Resolution 133 is to be revised.\n\nMOD EUR/48A1/1\n\n# Resolution 133 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference (Dubai, 2018),\n",
        expect![[r#"
            Resolution 133 → PP-133
        "#]],
    );
}

#[test]
fn both_readings() {
    check(
        "Resolution 140 (Rev. {~~Busan, 2014~>Dubai, 2018~~}) and Resolution 71 (Rev. Dubai, 2018)",
        expect![[r#"
        Resolution 140 (Rev. Dubai, 2018) → PP-140@2018 [amended]
        Resolution 140 (Rev. Busan, 2014) → PP-140@2014 [in force]
        Resolution 71 (Rev. Dubai, 2018) → PP-71@2018
    "#]],
    );
    check(
        "resolution {~~68/302~>70/125~~} of the General Assembly",
        expect![[r#"
        resolution 68/302 → UNGA-68/302 [in force]
        resolution 70/125 → UNGA-70/125 [amended]
    "#]],
    );
    check(
        "{++Resolution 71 (Rev. Dubai, 2018),++} {--Resolution 72 (Rev. Busan, 2014),--} and",
        expect![[r#"
        Resolution 71 (Rev. Dubai, 2018) → PP-71@2018 [amended]
        Resolution 72 (Rev. Busan, 2014) → PP-72@2014 [in force]
    "#]],
    );
}

#[test]
fn flattened_versions() {
    check(
        "第140号决议（2014年，釜山2018年，迪拜，修订版）、第1332号决议（C169，修订版）、第50和第52号决议（2012年，迪拜2016年，哈马马特，修订版）",
        expect![[r#"
            第140号决议（2014年，釜山2018年，迪拜，修订版） → PP-140 [flattened]
            第1332号决议（C169，修订版） → Council-1332 [flattened]
            第50 → WTSA-50 [flattened]
            第52号决议（2012年，迪拜2016年，哈马马特，修订版） → WTSA-52 [flattened]
        "#]],
    );
    check(
        "Resolution 140 (Rev. BusanDubai, 20142018)",
        expect![[r#"
        Resolution 140 (Rev. BusanDubai, 20142018) → PP-140 [flattened]
    "#]],
    );
}

#[test]
fn pins() {
    check(
        "[Resolution 169 (Rev. Busan, 2014)](=), [this decision](PP-140@2018#resolves-3), [Resolution 69](WTSA-69)",
        expect![[r#"
            Resolution 169 (Rev. Busan, 2014) → PP-169@2014 [pinned]
            this decision → PP-140@2018 [pinned]
            Resolution 69 → WTSA-69 [pinned]
        "#]],
    );
}

#[test]
fn a_pin_in_a_tracked_paragraph() {
    check(
        "{++also++} [this decision](PP-140@2018) and [Resolution 71 (Rev. {~~Busan, 2014~>Dubai, 2018~~})](=)",
        expect![[r#"
            this decision → PP-140@2018 [pinned]
            Resolution 71 (Rev. Dubai, 2018) → PP-71@2018 [amended] [pinned]
            Resolution 71 (Rev. Busan, 2014) → PP-71@2014 [in force] [pinned]
        "#]],
    );
}

#[test]
fn no_text_takes_long_or_panics() {
    for unit in ["a.", "1/", "1、", "第1", "(", "决议", "Resolution 1 (", "（2014年，釜山", "resolutions 1, ", "A/RES/"]
    {
        let text = unit.repeat(20_000 / unit.len());
        cited(&text);
        cited(&format!("{{++{text}++}}x"));
    }
}

#[test]
fn history() {
    check(
        "*recalling*\n\na) that Resolution 169 (Rev. Busan, 2014) confirmed the admission of academia;\nb) Resolution \
         169 (Rev. Busan, 2014);",
        expect![[r#"
            Resolution 169 (Rev. Busan, 2014) → PP-169@2014 [history]
            Resolution 169 (Rev. Busan, 2014) → PP-169@2014
        "#]],
    );
}

/// What each resolution of a text is.
fn identities(text: &str) -> String {
    let document = lower(text, &parse(text));
    let mut lines = String::new();
    for identity in read(&document).identities {
        let or = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
        lines.push_str(&format!(
            "{}@{} (was {}) by {} in {} on {}, {}, {}: {}\n",
            or(identity.id.map(|id| id.to_string())),
            or(identity.version),
            or(identity.version_in_force),
            or(identity.body),
            or(identity.place),
            or(identity.date.map(|date| date.to_string())),
            or(identity.language.map(|language| language.code().to_owned())),
            or(identity.profile),
            or(identity.subject),
        ));
    }
    lines
}

#[test]
fn identity_from_title_and_enacting_line() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&identities(text));
    check(
        "# Resolution 140 (Rev. Dubai, 2018)\n## The Union's role\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\n",
        expect![[r#"
            PP-140@2018 (was –) by PP in Dubai on 2018-11-16, en, itu: The Union's role
        "#]],
    );
    check(
        "# 第1334号决议（2023年修订版）\n## 作用\n\n理事会，\n",
        expect![[r#"
        Council-1334@2023 (was –) by Council in – on 2023-07-21, zh, itu: 作用
    "#]],
    );
    check(
        "# Resolution 140 (Rev. {~~Busan, 2014~>Dubai, 2018~~})\n\nThe Plenipotentiary Conference (Dubai, 2018),\n",
        expect![[r#"
            PP-140@2018 (was 2014) by PP in Dubai on 2018-11-16, en, itu: –
        "#]],
    );
    check(
        "# RESOLUTION 70/125\n\n*The General Assembly,*\n\n*Recalling* this,\n",
        expect![[r#"
            UNGA-70/125@– (was –) by UNGA in – on 2016-09-14, en, unga: –
        "#]],
    );
    check(
        "# WHA75.8\n\nThe Seventy-fifth World Health Assembly,\n",
        expect![[r#"
            WHA-WHA75.8@– (was –) by WHA in – on 2022-05-28, en, who: –
        "#]],
    );
    check(
        "# Resolution 1325 (2000)\n\nThe Security Council,\n",
        expect![[r#"
        UNSC-1325 (2000)@– (was –) by UNSC in – on 2000-12-31, en, unsc: –
    "#]],
    );
    check(
        "# Résolution 30 (Rév. Kigali, 2022)\n\nLa Conférence mondiale de développement des télécommunications (Kigali, 2022),\n",
        expect![[r#"
            WTDC-30@2022 (was –) by WTDC in Kigali on 2022-06-16, fr, itu: –
        "#]],
    );
    check(
        "# Decision 5 (Rev. Bucharest, 2022)\n\nThe Plenipotentiary Conference (Bucharest, 2022),\n",
        expect![[r#"
        PP Decision-5@2022 (was –) by PP in Bucharest on 2022-10-14, en, itu: –
    "#]],
    );
    check(
        "---\nbody: WTSA\nlanguage: en\ndate: 2012-11-01\n---\n\n# Resolution 75\n\nThe Assembly,\n",
        expect![[r#"
            WTSA-75@2012 (was –) by WTSA in – on 2012-11-01, en, itu: –
        "#]],
    );
    check(
        "---\nbody: WTSA\ndate: 2012-11-01\n---\n\nSecond session\n\n# Resolution 75\n\nThe Assembly,\n",
        expect![[r#"
            –@– (was –) by WTSA in – on –, en, itu: –
            WTSA-75@2012 (was –) by WTSA in – on 2012-11-01, en, itu: –
        "#]],
    );
    check(
        "Some words only.",
        expect![[r#"
        –@– (was –) by – in – on –, en, –: –
    "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(
        text in "(Resolution|resolutions|第|号|决议|140|70/125|WRC-15|A/RES/70/1|\\(|\\)|（|）|Rev\\.|Dubai|迪拜|2018|年|,|，|、|and| |和|القرار|رقم|ITU-R|61-2|S/RES/1325|\\{\\+\\+|\\+\\+\\}|\\[|\\]\\(=\\)|\n\n|# |é|٢){0,30}"
    ) {
        cited(&text);
    }
}

#[test]
fn an_organ_named_before_is_not_meant_where_it_had_not_met_yet() {
    check(
        "# Resolution 77/205\n\nThe General Assembly,\n\n*Recalling* General Assembly resolution 56/266 of 27 March 2002,\n\n1. *Requests* the President of the Human Rights Council to follow paragraph 13 of resolution 56/266;\n",
        expect![[r#"
            resolution 56/266 of 27 March 2002 → UNGA-56/266
            resolution 56/266 → UNGA-56/266
        "#]],
    );
}

#[test]
fn a_session_in_roman_numerals_tells_the_assembly_from_the_council() {
    check(
        "# Resolution 50/227\n\nThe General Assembly,\n\n*Recalling* its resolution 2626 (XXV) of 24 October 1970 and Economic and Social Council resolutions 1084 (XXXIX) of 30 July 1965, 1763 (LIV) of 18 May 1973 and 1986/7 of 21 May 1986, and Economic and Social Council resolution 663 (XXIV),\n",
        expect![[r#"
            resolution 2626 (XXV) of 24 October 1970 → UNGA-2626 (XXV)
            resolutions 1084 (XXXIX) of 30 July 1965 → ECOSOC-1084 (XXXIX)
            1763 (LIV) of 18 May 1973 → ECOSOC-1763 (LIV)
            1986/7 of 21 May 1986 → ECOSOC-1986/7
            resolution 663 (XXIV) → ECOSOC-663 (XXIV)
        "#]],
    );
}

#[test]
fn a_draft_is_cited_with_its_revision() {
    check(
        "[without reference to a Main Committee (A/75/L.87/Rev.1 and A/75/L.87/Rev.1/Add.1)]",
        expect![[r#"
            A/75/L.87/Rev.1 → UNGA-A/75/L.87/Rev.1
            A/75/L.87/Rev.1/Add.1 → UNGA-A/75/L.87/Rev.1/Add.1
        "#]],
    );
}

#[test]
fn a_list_goes_on_where_its_comma_was_lost() {
    check(
        "Recalling resolutions 1822 (2008), 1904 (2009) 1989 (2011) and 2082 (2012);",
        expect![[r#"
        resolutions 1822 (2008) → UNSC-1822 (2008)
        1904 (2009) → UNSC-1904 (2009)
        1989 (2011) → UNSC-1989 (2011)
        2082 (2012) → UNSC-2082 (2012)
    "#]],
    );
    check(
        "Recalling its resolutions 71/70 of 5 December 2016, 73/38 of 5 December 2018 75/42 of 7 December 2020;",
        expect![[r#"
            resolutions 71/70 of 5 December 2016 → UNGA-71/70
            73/38 of 5 December 2018 → UNGA-73/38
            75/42 of 7 December 2020 → UNGA-75/42
        "#]],
    );
    check(
        "Recalling resolution 70/1 50/50 of the seats;",
        expect![[r#"
        resolution 70/1 → ? 70/1 of UNGA
    "#]],
    );
}

#[test]
fn a_footnote_at_the_year_of_a_date_is_no_part_of_it() {
    check(
        "Human Rights Council resolutions 17/14 of 17 June 201117 on health and 12/24 of 2 October 200918 on medicines",
        expect![[r#"
            resolutions 17/14 of 17 June 2011 → HRC-17/14
            12/24 of 2 October 2009 → HRC-12/24
        "#]],
    );
}

#[test]
fn resolutions_of_the_health_assembly_are_cited_without_its_letters() {
    check(
        "World Health Assembly resolutions 58.16 of 25 May 2005 and 65.3; the Health Assembly, in its resolution 63.22; \
         World Health Assembly decision 73(12); section 58.16; resolution 12.20 of a conference",
        expect![[r#"
            resolutions 58.16 of 25 May 2005 → WHA-WHA58.16
            65.3 → WHA-WHA65.3
            resolution 63.22 → WHA-WHA63.22
            decision 73(12) → WHA Decision-WHA73(12)
        "#]],
    );
}

#[test]
fn an_acronym_may_hold_the_word() {
    check(
        "in line with UNSCR 2242 (2015); UNSCRs 1325 (2000) and 1820; resolutions of the Council, particularly 2254 (2015)",
        expect![[r#"
            UNSCR 2242 (2015) → UNSC-2242 (2015)
            UNSCRs 1325 (2000) → UNSC-1325 (2000)
            1820 → UNSC-1820 (2008)
            2254 (2015) → UNSC-2254 (2015)
        "#]],
    );
}

#[test]
fn a_day_a_general_recommendation_and_the_size_of_an_image_are_none() {
    check(
        "subject to a further decision of the Council by 1 June 2009, as general recommendation No. 31 (2005) says, \
         la décision du Conseil du 3 mai 2009, recommandation générale no 12 (1999), 第31号一般性建议（2005年）; spatial \
         resolution 7680 × 4320, a screen resolution 1280 x 720",
        expect![[""]],
    );
}

#[test]
fn decisions_of_a_session_may_count_apart() {
    check(
        "Recalling Human Rights Council decision 2/105 of 27 November 2006 and Council decisions 36/115 and 4/102; decision \
         4/4 of 17 October 2008",
        expect![[r#"
            decision 2/105 of 27 November 2006 → HRC Decision-2/105
            decisions 36/115 → HRC Decision-36/115
            4/102 → HRC Decision-4/102
            decision 4/4 of 17 October 2008 → ? 4/4 of 
        "#]],
    );
}

#[test]
fn who_a_resolution_is_against_did_not_adopt_it() {
    check(
        "since the adoption of resolution 1267 (1999) by Groupname and others; resolution 912 (1989), adopted on 1 February \
         1989 by the Parliamentary Assembly of the Council of Europe; resolution 1267 (1999) adopted by Groupname",
        expect![[r#"
            resolution 1267 (1999) → UNSC-1267 (1999)
            resolution 912 (1989) → ? 912 of Council
            resolution 1267 (1999) → ? 1267 of 
        "#]],
    );
}

#[test]
fn an_acronym_behind_a_name_is_that_name() {
    check(
        "adopted by the Governing Council of the United Nations Human Settlements Programme (UN-Habitat) in its resolutions \
         21/3 of 20 April 2007 and 22/8 of 3 April 2009; Opinion 3 (Geneva, 2013) of the World Telecommunication/Information \
         and Communication Technology Policy Forum; in particular Commission on Human Rights resolution 1998/72",
        expect![[r#"
            resolutions 21/3 of 20 April 2007 → UN-Habitat Assembly-21/3
            22/8 of 3 April 2009 → UN-Habitat Assembly-22/8
            Opinion 3 (Geneva, 2013) → WTPF Opinion-3@2013
            resolution 1998/72 → CHR-1998/72
        "#]],
    );
}

#[test]
fn a_shared_name_is_that_of_the_body_that_the_text_names_in_full() {
    check(
        "Recalling UN-Habitat Governing Council resolution 26/8 of 12 May 2017 and Governing Council resolution 23/17 of 15 \
         April 2011, by which the Council acted.",
        expect![[r#"
            resolution 26/8 of 12 May 2017 → UN-Habitat Assembly-26/8
            resolution 23/17 of 15 April 2011 → UN-Habitat Assembly-23/17
        "#]],
    );
    check(
        &format!("{UNGA}Recalling Governing Council decision 20/17 of 5 February 1999 and decision 25/4;"),
        expect![[r#"
        decision 20/17 of 5 February 1999 → ? 20/17 of 
        decision 25/4 → ? 25/4 of 
    "#]],
    );
    check(
        "Recalling Governing Council decision 19/32 and resolution 19/3;",
        expect![[r#"
        decision 19/32 → ? 19/32 of 
        resolution 19/3 → ? 19/3 of HRC
    "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is written around a citation: members between the ends of a range have those for their place, and a
    /// short form stands behind the citation in full that it takes up.
    #[test]
    fn every_form_is_read_in_any_text(
        text in "(Resolution 140|resolutions|第|号|决议|68/261|68/263|68/261-263|101-104| to | à |至|–| and |，|, |entitled |题为|关于|的|“|”|\\(|\\)|Rev\\. Dubai, 2018|of 28 July 2010|2010年7月28日|that resolution|the said |上述|该决议|Article 5|No\\. 81| of the Convention|《公约》|第81款|the Tunis Agenda|paragraph 3|; |\n\n|# |é){0,30}"
    ) {
        let document = lower(&text, &parse(&text));
        let citations = read(&document).citations;
        for citation in &citations {
            prop_assert!(citation.range.contains_range(citation.number_range));
            if let Wording::Short(of) = citation.wording {
                let full = citations.iter().find(|other| other.range == of && other.wording == Wording::Full);
                prop_assert!(full.is_some_and(|full| full.id == citation.id && of.end() <= citation.range.start()));
            }
            if citation.wording == Wording::Between {
                let ends = citations.iter().filter(|other| citation.number_range.contains_range(other.number_range));
                prop_assert!(ends.filter(|other| other.wording == Wording::Full).count() >= 2);
            }
        }
        for provision in read(&document).provisions {
            prop_assert!(provision.range.contains_range(provision.treaty_range));
        }
    }
}

#[test]
fn no_form_takes_long() {
    for unit in [
        "that resolution ",
        "resolution 70/1 that resolution ",
        "resolution 70/1, entitled “",
        "68/261-263 ",
        "题为“",
        "关于的第1号决议",
        "Article 5 of ",
        "the Convention ",
        "《公约》第81款",
        "paragraph 3, ",
        "resolutions 68/261 to ",
        "2010年7月28日",
    ] {
        let text = unit.repeat(20_000 / unit.len());
        let document = lower(&text, &parse(&text));
        read(&document);
    }
}
