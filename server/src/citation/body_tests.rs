//! Whose is it, and is it history? Whole texts of several houses in six languages; below each the citations as
//! `words → id or what is open (reason)`.

use expect_test::{Expect, expect};

use super::read;
use crate::syntax::{lower, parse};

fn cited(text: &str) -> String {
    let document = lower(text, &parse(text));
    let mut lines = String::new();
    for citation in read(&document).citations {
        let id = match &citation.id {
            Some(id) => id.at(citation.version.as_deref()),
            None => format!("? {}", citation.candidates.join(" ")).trim_end().to_owned(),
        };
        let reason = citation.body_reason.as_deref().unwrap_or("–");
        let history = if citation.historical { ", history" } else { "" };
        lines.push_str(&format!("{} → {id} ({reason}{history})\n", citation.text));
    }
    lines
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&cited(text));
}

/// The citations that are history, by their numbers.
#[track_caller]
fn history(text: &str, expected: &[&str]) {
    let document = lower(text, &parse(text));
    let citations = read(&document).citations;
    assert!(!citations.is_empty(), "nothing is cited: {text}");
    let told: Vec<&str> =
        citations.iter().filter(|citation| citation.historical).map(|citation| citation.number.as_str()).collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn a_french_conference_on_development() {
    check(
        "# Résolution 88 (Kigali, 2022)\n## Des réseaux pour les écoles de montagne\n\n\
         La Conférence mondiale de développement des télécommunications (Kigali, 2022),\n\n\
         *rappelant*\n\n\
         a) la Résolution 37 (Rév. Buenos Aires, 2017) de la présente Conférence;\n\
         b) la Résolution 139 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires;\n\
         c) que la Résolution 71 (Rév. Busan, 2014) a approuvé le plan stratégique;\n\
         d) la Résolution 1332 (modifiée en 2016) du Conseil de l’UIT;\n\
         e) la Résolution 1 (Vieille-Ville, 2019) de l’Assemblée de l’Union modèle,\n\n\
         *décide*\n\n\
         1. d’appliquer la Résolution 139 (Rév. Busan, 2014);\n\
         2. de mettre en œuvre la Résolution 20, en vertu de la Résolution 21 (Rév. Springfield, 2016).\n",
        expect![[r#"
            Résolution 37 (Rév. Buenos Aires, 2017) → WTDC-37@2017 (the text calls it its own, and WTDC acts)
            Résolution 139 (Rév. Dubaï, 2018) → PP-139@2018 (named beside it)
            Résolution 71 (Rév. Busan, 2014) → PP-71@2014 (PP met in Busan in 2014, history)
            Résolution 1332 (modifiée en 2016) → Council-1332@2016 (named beside it)
            Résolution 1 → ? (the words beside it name an organ that is not in the list of bodies)
            Résolution 139 (Rév. Busan, 2014) → PP-139@2014 (PP met in Busan in 2014)
            Résolution 20 → WTDC-20 (nothing else is said, and WTDC acts)
            Résolution 21 → ? PP WTSA WTDC ITU-R WRC (–)
        "#]],
    );
}

#[test]
fn an_arabic_draft_of_the_general_assembly() {
    check(
        "# A/C.3/79/L.12\n\nالجمعية العامة،\n\n\
         *إذ تشير* إلى قرارها 70/1 المؤرخ 25 أيلول/سبتمبر 2015 وقرار المجلس الاقتصادي والاجتماعي 2006/4،\n\n\
         *وإذ تعيد تأكيد* قراري مجلس حقوق الإنسان 33/10 و39/8، وقرار الجمعية 71/222، والقرار المقدم للجمعية العامة،\n\n\
         *وإذ تشير أيضا* إلى قرار جمعية الأمم المتحدة للبيئة 5/14 وقرار الجمعية الوطنية 12/3،\n\n\
         1. *تقرر* تنفيذ القرار 74/299 والقرار 33/11؛\n",
        expect![[r#"
            قرارها 70/1 المؤرخ 25 أيلول/سبتمبر 2015 → UNGA-70/1 (the text calls it its own, and UNGA acts)
            قرار المجلس الاقتصادي والاجتماعي 2006/4 → ECOSOC-2006/4 (named beside it)
            قراري مجلس حقوق الإنسان 33/10 → HRC-33/10 (named beside it)
            39/8 → HRC-39/8 (named beside it)
            قرار الجمعية 71/222 → UNGA-71/222 (named beside it)
            قرار جمعية الأمم المتحدة للبيئة 5/14 → UNEA-5/14 (named beside it)
            قرار الجمعية الوطنية 12/3 → ? (the words beside it name an organ that is not in the list of bodies)
            القرار 74/299 → UNGA-74/299 (of the bodies known, only UNGA has such a number)
            القرار 33/11 → UNGA-33/11 (nothing else is said, and UNGA acts)
        "#]],
    );
}

#[test]
fn a_spanish_parliament() {
    check(
        "El Pleno del Parlamento,\n\n\
         *Vista* la Resolución 2231 (2015) del Consejo de Seguridad de las Naciones Unidas,\n\n\
         *Vistas* sus resoluciones 45/2020 y 12/2021, la resolución 12/3 del Parlamento y la resolución 33/10,\n\n\
         *Recordando* la Resolución 2329 (2020) de la Asamblea Parlamentaria del Consejo de Europa, la resolución 70/1 \
         de la Asamblea General, la Resolución 140 (Rev. Dubái, 2018) y la decisión 1/CP.21,\n\n\
         1. *Insta* al Gobierno a cumplir la resolución 15/2019 de la Asamblea Legislativa;\n",
        expect![[r#"
            Resolución 2231 (2015) → UNSC-2231 (2015) (named beside it)
            resoluciones 45/2020 → ? (–)
            12/2021 → ? (–)
            resolución 12/3 → ? (the words beside it name an organ that is not in the list of bodies)
            resolución 33/10 → ? UNGA HRC (–)
            Resolución 2329 (2020) → PACE-2329 (2020) (named beside it)
            resolución 70/1 → UNGA-70/1 (named beside it)
            Resolución 140 (Rev. Dubái, 2018) → PP-140@2018 (PP met in Dubai in 2018)
            decisión 1/CP.21 → UNFCCC COP Decision-1/CP.21 (only UNFCCC COP writes its numbers like this)
            resolución 15/2019 → ? (the words beside it name an organ that is not in the list of bodies)
        "#]],
    );
}

#[test]
fn a_russian_radio_conference() {
    check(
        "# РЕЗОЛЮЦИЯ 799 (ВКР-23)\n\nВсемирная конференция радиосвязи (Дубай, 2023 г.),\n\n\
         *учитывая*\n\n\
         a) Резолюцию 155 (ВКР-15), Резолюцию 33 (Пересм. ВКР-19) и Рекомендацию 608 (Пересм. ВКР-07);\n\
         b) что Резолюцией 114 (Пересм. Пусан, 2014 г.) Полномочной конференции принято решение о слежении;\n\
         c) Резолюцию МСЭ-R 60-2 и резолюцию 69/15 Генеральной Ассамблеи ООН;\n\
         d) Резолюцию 12 Молодежной ассамблеи,\n\n\
         *решает*\n\n\
         применять Резолюцию 902 настоящей Конференции и Резолюцию 25\n",
        expect![[r#"
            Резолюцию 155 (ВКР-15) → WRC-155@2015 (the session in its parenthesis says so)
            Резолюцию 33 (Пересм. ВКР-19) → WRC-33@2019 (the session in its parenthesis says so)
            Рекомендацию 608 (Пересм. ВКР-07) → WRC Recommendation-608@2007 (the session in its parenthesis says so)
            Резолюцией 114 (Пересм. Пусан, 2014 г.) → PP-114@2014 (named beside it, history)
            Резолюцию МСЭ-R 60-2 → ITU-R-60 (named beside it)
            резолюцию 69/15 → UNGA-69/15 (named beside it)
            Резолюцию 12 → ? (the words beside it name an organ that is not in the list of bodies)
            Резолюцию 902 → WRC-902 (the text calls it its own, and WRC acts)
            Резолюцию 25 → WRC-25 (nothing else is said, and WRC acts)
        "#]],
    );
}

#[test]
fn a_model_union() {
    check(
        "Committee: Disarmament\n\nThe General Assembly First Committee,\n\n\
         *Recalling* resolution 3/7 of the Student Union Council, UN Resolution 1325, GA Resolution 71/258 and \
         A/RES/74/63,\n\n\
         1. *Calls upon* all States to honour resolution 12 of the Youth Assembly, Nordic Council resolution 5/1 and the \
         European Council Decision 2014/512;\n",
        expect![[r#"
            resolution 3/7 → ? (the words beside it name an organ that is not in the list of bodies)
            Resolution 1325 → ? UNSC (–)
            Resolution 71/258 → UNGA-71/258 (named beside it)
            A/RES/74/63 → UNGA-74/63 (its symbol says so)
            resolution 12 → ? (the words beside it name an organ that is not in the list of bodies)
            resolution 5/1 → ? (the words beside it name an organ that is not in the list of bodies)
            Decision 2014/512 → ? (the words beside it name an organ that is not in the list of bodies)
        "#]],
    );
}

#[test]
fn what_is_named_and_unknown_is_not_overruled() {
    check(
        "# Resolution 1 (Kigali, 2022)\n\nThe World Telecommunication Development Conference (Kigali, 2022),\n\n\
         *recalling*\n\n\
         a) Resolution 1 (Old Town, 2019) of the Assembly of the Model Union;\n\
         b) Resolution 3 (Geneva, 2022) of the Assembly of the Model Union;\n\
         c) Resolutions 4 and 5 of the Council of the Eastern Pact;\n\
         d) Resolution 1332 of the Council;\n\
         e) Resolution 21 (Springfield, 2020);\n\
         f) Resolution 30\n",
        expect![[r#"
            Resolution 1 → ? (the words beside it name an organ that is not in the list of bodies)
            Resolution 3 (Geneva, 2022) → ? (the words beside it name an organ that is not in the list of bodies)
            Resolutions 4 → ? (the words beside it name an organ that is not in the list of bodies)
            5 → ? (the words beside it name an organ that is not in the list of bodies)
            Resolution 1332 → Council-1332 (named beside it)
            Resolution 21 → ? PP WTSA WTDC ITU-R WRC (–)
            Resolution 30 → WTDC-30 (nothing else is said, and WTDC acts)
        "#]],
    );
    check(
        "---\nbody: PP\n---\n\n第3号决议（2019年，老城）、模联大会第4号决议、欧洲理事会第2014/512号决定、全国人民代表大会第5号决议、\
         第140号决议（2018年，迪拜，修订版）、第6号决议",
        expect![[r#"
            第3号决议 → ? PP WTSA WTDC ITU-R WRC WCIT WATTC (–)
            第4号决议 → ? (the words beside it name an organ that is not in the list of bodies)
            第2014/512号决定 → ? (the words beside it name an organ that is not in the list of bodies)
            第5号决议 → ? (the words beside it name an organ that is not in the list of bodies)
            第140号决议（2018年，迪拜，修订版） → PP-140@2018 (PP met in Dubai in 2018)
            第6号决议 → PP-6 (nothing else is said, and PP acts)
        "#]],
    );
}

#[test]
fn an_organ_that_is_not_known_does_not_act() {
    for line in
        ["The National Assembly,", "The Council of the Model Union,", "L’Assemblée nationale,", "Государственная Дума,"]
    {
        let text = format!("# Resolution 12\n\n{line}\n\n*Recalling* resolution 33/10,\n");
        let identity = &read(&lower(&text, &parse(&text))).identities[0];
        assert_eq!(identity.body, None, "{line}");
    }
    let text = "---\nbody: Model Union Assembly\n---\n\n# Resolution 12\n\nThe General Assembly,\n";
    assert_eq!(read(&lower(text, &parse(text))).identities[0].body, None);
}

#[test]
fn a_running_number_is_of_its_own_house() {
    check(
        "Resolution 1325 was read.",
        expect![[r#"
        Resolution 1325 → ? Council (–)
    "#]],
    );
    check(
        "---\nbody: PP\n---\n\nResolution 1325 was read.",
        expect![[r#"
        Resolution 1325 → Council-1325 (of the bodies known, only Council has such a number)
    "#]],
    );
    check(
        "---\nbody: UNGA\n---\n\nResolution 1325 was read.",
        expect![[r#"
        Resolution 1325 → ? Council (–)
    "#]],
    );
}

#[test]
fn a_session_has_only_so_many_resolutions() {
    check(
        "---\nbody: HRC\n---\n\nresolution 60/251, resolution 60/25 and resolution 45/2020",
        expect![[r#"
            resolution 60/251 → UNGA-60/251 (of the bodies known, only UNGA has such a number)
            resolution 60/25 → HRC-60/25 (nothing else is said, and HRC acts)
            resolution 45/2020 → ? (–)
        "#]],
    );
}

#[test]
fn a_shared_name_is_not_overruled_by_the_organ_that_acts() {
    check(
        "---\nbody: PP\n---\n\nCouncil Resolution 25, Council Decision 482, la résolution 12 du Conseil, Resolution 5 of the \
         Council of Ministers and Resolution 25",
        expect![[r#"
            Resolution 25 → ? UNSC (–)
            Decision 482 → Council Decision-482 (named beside it)
            résolution 12 → ? UNSC (–)
            Resolution 5 → ? (the words beside it name an organ that is not in the list of bodies)
            Resolution 25 → PP-25 (nothing else is said, and PP acts)
        "#]],
    );
    check(
        "---\nbody: HRC\n---\n\nCouncil decision 18/118 and la décision 5/101 du Conseil",
        expect![[r#"
            decision 18/118 → HRC Decision-18/118 (named beside it)
            décision 5/101 → HRC Decision-5/101 (named beside it)
        "#]],
    );
}

#[test]
fn a_name_in_a_form_that_is_not_known_beside_one_that_is() {
    check(
        "---\nbody: PP\n---\n\nOpinion 3 (Geneva, 2013) of the World Telecommunication and ICT Policies Forum (WTPF) and \
         Resolution 2 of the World Standardisation Gathering (WTSA); 信息社会世界峰会第1号决议；",
        expect![[r#"
            Opinion 3 (Geneva, 2013) → WTPF Opinion-3@2013 (WTPF met in Geneva in 2013)
            Resolution 2 → ? PP WTSA WTDC ITU-R WRC WCIT WATTC (–)
            第1号决议 → ? (the words beside it name an organ that is not in the list of bodies)
        "#]],
    );
}

#[test]
fn a_predecessor_had_other_sessions() {
    check(
        "---\nbody: UNGA\n---\n\nadopted by the Governing Council of the United Nations Human Settlements Programme (UN-Habitat) \
         in its resolutions 21/3 of 20 April 2007 and 22/8 of 3 April 2009",
        expect![[r#"
            resolutions 21/3 of 20 April 2007 → UN-Habitat Assembly-21/3 (named before it in the same clause)
            22/8 of 3 April 2009 → UN-Habitat Assembly-22/8 (named before it in the same clause)
        "#]],
    );
}

#[test]
fn forms_of_other_houses() {
    check(
        "UNESCO resolution 40 C/Resolution 34, resolution 38 C/56, IMO resolutions A.1150(31), MSC.428(98) and \
         MEPC.304(72), Resolution A41-21, ILO Recommendation No. 202, GC(66)/RES/10, FAO Conference Resolution 7/2021, \
         P9_TA(2020)0054, decisions 1/CP.21, 14/CMA.1 and 2/CMP.8, Ramsar Resolution XIV.5, Resolution Conf. 9.24 (Rev. \
         CoP17), HSP/HA.1/Res.1, UNEP/EA.5/Res.14, EUR/RC72/R1, CD50.R2, decision XII/5 of the Conference of the \
         Parties to the Convention on Biological Diversity, decision XII/5, and UNECE Resolution No. 61.",
        expect![[r#"
            resolution 40 C/Resolution 34 → UNESCO GC-40 C/Resolution 34 (only UNESCO GC writes its numbers like this)
            resolution 38 C/56 → UNESCO GC-38 C/Resolution 56 (only UNESCO GC writes its numbers like this)
            resolutions A.1150(31) → IMO Assembly-A.1150(31) (only IMO Assembly writes its numbers like this)
            MSC.428(98) → IMO MSC-MSC.428(98) (only IMO MSC writes its numbers like this)
            MEPC.304(72) → IMO MEPC-MEPC.304(72) (only IMO MEPC writes its numbers like this)
            Resolution A41-21 → ICAO Assembly-A41-21 (only ICAO Assembly writes its numbers like this)
            Recommendation No. 202 → ILC Recommendation-202 (named beside it)
            GC(66)/RES/10 → IAEA GC-GC(66)/RES/10 (only IAEA GC writes its numbers like this)
            Resolution 7/2021 → FAO Conference-7/2021 (named beside it)
            P9_TA(2020)0054 → European Parliament-P9_TA(2020)0054 (only European Parliament writes its numbers like this)
            decisions 1/CP.21 → UNFCCC COP Decision-1/CP.21 (only UNFCCC COP writes its numbers like this)
            14/CMA.1 → UNFCCC CMA Decision-14/CMA.1 (only UNFCCC CMA writes its numbers like this)
            2/CMP.8 → UNFCCC CMP Decision-2/CMP.8 (only UNFCCC CMP writes its numbers like this)
            Resolution XIV.5 → Ramsar COP-XIV.5 (named beside it)
            Resolution Conf. 9.24 (Rev. CoP17) → CITES COP-Conf. 9.24 (only CITES COP writes its numbers like this)
            HSP/HA.1/Res.1 → UN-Habitat Assembly-1/1 (only UN-Habitat Assembly writes its numbers like this)
            UNEP/EA.5/Res.14 → UNEA-5/14 (only UNEA writes its numbers like this)
            EUR/RC72/R1 → WHO EURO-EUR/RC72/R1 (only WHO EURO writes its numbers like this)
            CD50.R2 → PAHO DC-CD50.R2 (only PAHO DC writes its numbers like this)
            decision XII/5 → CBD COP Decision-XII/5 (named beside it)
            decision XII/5 → CBD COP Decision-XII/5 (the text cites the same number elsewhere and says whose it is)
            Resolution No. 61 → ECE-61 (named beside it)
        "#]],
    );
    check(
        "国际海事组织A.1150(31)号决议、国际民航组织大会A41-21号决议、教科文组织大会第40 C/34号决议、第1/CP.21号决定、环境大会第5/14号决议",
        expect![[r#"
            A.1150(31)号决议 → IMO Assembly-A.1150(31) (only IMO Assembly writes its numbers like this)
            A41-21号决议 → ICAO Assembly-A41-21 (only ICAO Assembly writes its numbers like this)
            第40 C/34号决议 → UNESCO GC-40 C/Resolution 34 (only UNESCO GC writes its numbers like this)
            第1/CP.21号决定 → UNFCCC COP Decision-1/CP.21 (only UNFCCC COP writes its numbers like this)
            第5/14号决议 → UNEA-5/14 (named beside it)
        "#]],
    );
}

#[test]
fn colloquial_names() {
    check(
        "联大第70/1号决议、安理会第1540（2004）号决议、经社理事会第2006/4号决议、卫生大会第WHA75.8号决议",
        expect![[r#"
            第70/1号决议 → UNGA-70/1 (named beside it)
            第1540（2004）号决议 → UNSC-1540 (2004) (named beside it)
            第2006/4号决议 → ECOSOC-2006/4 (named beside it)
            第WHA75.8号决议 → WHA-WHA75.8 (its symbol says so)
        "#]],
    );
    check(
        "в резолюции, принятой Генеральной Ассамблеей, и резолюции 70/1 ГА ООН, резолюцию 1540 (2004) СБ ООН, резолюцию \
         33/10 СПЧ и резолюцию 2006/4 ЭКОСОС",
        expect![[r#"
            резолюции 70/1 → UNGA-70/1 (named beside it)
            резолюцию 1540 (2004) → UNSC-1540 (2004) (named beside it)
            резолюцию 33/10 → HRC-33/10 (named beside it)
            резолюцию 2006/4 → ECOSOC-2006/4 (named beside it)
        "#]],
    );
}

#[test]
fn history_told_in_six_languages() {
    for text in [
        "*recalling*\n\na) that Resolution 169 (Rev. Busan, 2014) confirmed the admission of academia;",
        "*noting*\n\na) that, by Resolution 169 (Rev. Busan, 2014), the conference had decided to admit academia;",
        "*considering*\n\na) that the conference revised Resolution 169 (Rev. Busan, 2014);",
        "*recalling*\n\na) Resolution 169 (Rev. Busan, 2014), in which the conference admitted academia;",
        "*considering*\n\na) the working group established by Resolution 169 (Rev. Busan, 2014);",
        "*rappelant*\n\na) que la Résolution 169 (Rév. Busan, 2014) a confirmé l’admission;",
        "*notant*\n\na) la Résolution 169 (Rév. Busan, 2014), par laquelle la Conférence a décidé d’admettre les écoles;",
        "*considérant*\n\na) le groupe créé en application de la Résolution 169 (Rév. Busan, 2014);",
        "*recordando*\n\na) que la Resolución 169 (Rev. Busán, 2014) confirmó la admisión;",
        "*considerando*\n\na) la Resolución 169 (Rev. Busán, 2014), mediante la cual la Conferencia decidió admitirlas;",
        "*considerando*\n\na) el grupo establecido en virtud de la Resolución 169 (Rev. Busán, 2014);",
        "*напоминая*\n\na) что Резолюция 169 (Пересм. Пусан, 2014 г.) подтвердила допуск;",
        "*учитывая*\n\na) Резолюцию 169 (Пересм. Пусан, 2014 г.), в которой Конференция постановила их допустить;",
        "*учитывая*\n\na) группу, созданную Резолюцией 169 (Пересм. Пусан, 2014 г.);",
        "*忆及*\n\na) 第169号决议（2014年，釜山，修订版）曾确认接纳学术成员；",
        "*考虑到*\n\na) 第169号决议（2014年，釜山，修订版），其中全权代表大会决定接纳学术成员；",
        "*考虑到*\n\na) 根据第169号决议（2014年，釜山，修订版）设立的工作组；",
        "*إذ يذكّر*\n\na) بأن القرار 169 (المراجَع في بوسان، 2014) أكد قبول الهيئات الأكاديمية؛",
        "*إذ يشير*\n\na) إلى القرار 169 (المراجَع في بوسان، 2014)، الذي قرر فيه المؤتمر قبولها؛",
        "*إذ يضع في اعتباره*\n\na) الفريق المنشأ بموجب القرار 169 (المراجَع في بوسان، 2014)؛",
        "Recalling that Resolution 169 (Rev. Busan, 2014) confirmed the admission of academia,",
    ] {
        history(text, &["169"]);
    }
}

#[test]
fn use_is_no_history_in_six_languages() {
    for text in [
        "*recalling*\n\na) Resolution 169 (Rev. Busan, 2014);",
        "*recalling*\n\na) Resolution 169 (Rev. Busan, 2014), on the admission of academia, adopted in Busan;",
        "*recalling*\n\na) that Resolution 169 (Rev. Busan, 2014) applies to what was decided;",
        "*noting*\n\na) that, in accordance with Resolution 169 (Rev. Busan, 2014), academia may take part;",
        "*considering*\n\na) the need to act under Resolution 169 (Rev. Busan, 2014);",
        "*resolves*\n\n1. to apply Resolution 169 (Rev. Busan, 2014), which confirmed the admission;",
        "*instructs the Director*\n\n1. to act pursuant to Resolution 169 (Rev. Busan, 2014);",
        "*rappelant*\n\na) la Résolution 169 (Rév. Busan, 2014) relative à l’admission;",
        "*décide*\n\n1. d’appliquer la Résolution 169 (Rév. Busan, 2014) qui a confirmé l’admission;",
        "*recordando*\n\na) la Resolución 169 (Rev. Busán, 2014) sobre la admisión;",
        "*resuelve*\n\n1. actuar de conformidad con la Resolución 169 (Rev. Busán, 2014), que confirmó la admisión;",
        "*напоминая*\n\na) Резолюцию 169 (Пересм. Пусан, 2014 г.) о допуске;",
        "*решает*\n\n1. действовать в соответствии с Резолюцией 169 (Пересм. Пусан, 2014 г.), которая подтвердила допуск;",
        "*忆及*\n\na) 关于接纳学术成员的第169号决议（2014年，釜山，修订版）；",
        "*做出决议*\n\n1. 按照曾确认接纳的第169号决议（2014年，釜山，修订版）行事；",
        "*إذ يذكّر*\n\na) بالقرار 169 (المراجَع في بوسان، 2014)؛",
        "*يقرر*\n\n1. تطبيق القرار 169 (المراجَع في بوسان، 2014) الذي أكد القبول؛",
    ] {
        history(text, &[]);
    }
}

#[test]
fn a_relative_clause_belongs_to_the_nearest() {
    history(
        "*Reaffirming* the strategy in General Assembly resolution 60/288, and recalling Assembly resolution 62/272, which \
         called for an examination,",
        &["62/272"],
    );
}

/// Id and date of each resolution.
#[track_caller]
fn dated(text: &str, expected: &str) {
    let identities = read(&lower(text, &parse(text))).identities;
    let shown: Vec<String> = identities
        .iter()
        .filter_map(|identity| {
            let id = identity.id.as_ref()?;
            Some(format!("{id} {}", identity.date.map_or("–".to_owned(), |date| date.to_string())))
        })
        .collect();
    assert_eq!(shown.join(", "), expected, "{text}");
}

#[test]
fn the_day_of_adoption_stands_above_the_title() {
    for (line, organ) in [
        ("Resolution adopted by the General Assembly on 16 December 2015", "The General Assembly,"),
        ("Résolution adoptée par l’Assemblée générale le 16 décembre 2015", "L’Assemblée générale,"),
        ("Resolución aprobada por la Asamblea General el 16 de diciembre de 2015", "La Asamblea General,"),
        ("Резолюция, принятая Генеральной Ассамблеей 16 декабря 2015 года", "Генеральная Ассамблея,"),
        ("2015年12月16日大会决议", "大会，"),
        ("قرار اتخذته الجمعية العامة في 16 كانون الأول/ديسمبر 2015", "الجمعية العامة،"),
    ] {
        let text = format!(
            "{line}\n\n[on the report of the Second Committee (A/70/472)]\n\n# 70/125.\n## Review\n\n{organ}\n"
        );
        dated(&text, "UNGA-70/125 2015-12-16");
    }
    // The day on which the paper was distributed is another.
    dated("Distr.: General\n\n1 February 2016\n\n# 70/125.\n\nThe General Assembly,\n", "UNGA-70/125 2016-09-14");
}

#[test]
fn the_day_of_adoption_stands_in_the_title_or_below_the_text() {
    dated(
        "# RESOLUTION 1209 (1998) Adopted by the Security Council at its 3945th meeting,\n## on 19 November 1998\n\nThe Security Council,\n",
        "UNSC-1209 (1998) 1998-11-19",
    );
    dated("# 50 (1948).\n## Resolution of 29 May 1948\n\nThe Security Council,\n", "UNSC-50 (1948) 1948-05-29");
    dated(
        "# Resolution 307 (1971)\n## of 21 December 1971 The Security Council, Having discussed the situation,\n",
        "UNSC-307 (1971) 1971-12-21",
    );
    dated(
        "# 44/25.\n## Rights\n\nThe General Assembly,\n\n1. *Adopts* it.\n\n61st plenary meeting\n\n20 November 1989\n",
        "UNGA-44/25 1989-11-20",
    );
    // What the subject is about was adopted on another day.
    dated(
        "# 70/125.\n## Review of the declaration adopted on 5 June 2003\n\nThe General Assembly,\n",
        "UNGA-70/125 2016-09-14",
    );
}

#[test]
fn a_title_without_marks() {
    dated(
        "Resolution adopted by the Human Rights Council\n\n14/5\n\nThe role of prevention\n\nThe Human Rights Council,\n",
        "HRC-14/5 2010-07-19",
    );
    dated("16/1 Declaration on training\n\nThe Human Rights Council,\n", "HRC-16/1 2011-04-14");
    dated("1541 (XV). Principles\n\nThe General Assembly,\n", "UNGA-1541 (XV) 1961-09-14");
    // A page of a book, with the end of one and the beginning of the next.
    dated(
        "318 (IV). Fund\n\nThe General Assembly,\n\n1. Notes it.\n\n319 (IV). Refugees\n\nThe General Assembly,\n",
        "",
    );
    dated("14/5 of the States were there.\n\nThe General Assembly,\n", "");
}
