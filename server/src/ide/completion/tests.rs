//! What is offered at `$0`, and the line after the first of it is taken.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::{Asked, Completion, completion};
use crate::ide::tests::workspace;

/// How many items are shown.
const SHOWN: usize = 4;

fn show(fixture: &str) -> String {
    show_asked(fixture, Asked::default())
}

fn show_asked(fixture: &str, asked: Asked) -> String {
    let (snapshot, file, offset) = workspace(fixture);
    let text = snapshot.file(file).expect("loaded").text().to_owned();
    let Some(Completion { items, incomplete }) = completion(&snapshot, file, offset, asked) else {
        return "nothing\n".to_owned();
    };
    let mut out = String::new();
    for item in items.iter().take(SHOWN) {
        let mark = if item.outdated { "~" } else { " " };
        let detail: String = item.detail.chars().take(48).collect();
        let _ = writeln!(out, "{mark} {} | {detail}", item.label);
        let start = usize::from(item.range.start());
        let typed = &text[start..usize::from(offset)];
        assert!(item.range.contains_inclusive(offset) && !text[item.range].contains('\n'), "{item:?}");
        assert!(fuzzy(&item.filter, typed), "{typed:?} is not in {:?}", item.filter);
    }
    if items.len() > SHOWN || incomplete {
        let _ = writeln!(out, "  {}", if incomplete { "… and on" } else { "…" });
    }
    let first = items.first().expect("a list is not empty");
    let mut after = text;
    after.replace_range(std::ops::Range::<usize>::from(first.range), &first.text);
    let at = usize::from(first.range.start());
    let line = after[..at].rfind('\n').map_or(0, |at| at + 1);
    let _ = writeln!(out, "→ {}", after[line..].lines().next().unwrap_or_default());
    out
}

/// Whether an editor that looks for the typed characters one behind the other keeps an item.
fn fuzzy(filter: &str, typed: &str) -> bool {
    let mut chars = filter.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|wanted| chars.any(|c| c == wanted))
}

fn check(fixture: &str, expected: Expect) {
    expected.assert_eq(&show(fixture));
}

const PP: &str = "# Resolution 300 (Doha, 2026)\n\nThe Plenipotentiary Conference of the International \
    Telecommunication Union (Doha, 2026),\n\n*recalling*\n\n";

const UNGA: &str = "# Resolution 81/1\n\nThe General Assembly,\n\n";

fn pp(line: &str) -> String {
    format!("{PP}{line}\n")
}

#[test]
fn by_number() {
    check(
        &pp("a) Resolution 14$0"),
        expect![[r#"
              Resolution 14 (Rev. Antalya, 2006) | Recognition of the rights and obligations of all
              Resolution 140 (Rev. Bucharest, 2022) | ITU's role in implementing the outcomes of the W
              Resolution 143 | Plenipotentiary Conference of the International 
              Resolution 144 | Plenipotentiary Conference of the International 
              … and on
            → a) Resolution 14 (Rev. Antalya, 2006)
        "#]],
    );
}

#[test]
fn a_number_in_full_brings_the_versions_within_reach() {
    check(
        &pp("a) Resolution 140$0"),
        expect![[r#"
              Resolution 140 (Rev. Bucharest, 2022) | ITU's role in implementing the outcomes of the W
              Security Council resolution 1409 (2002) | United Nations Security Council
            ~ Resolution 140 (Rev. Dubai, 2018) | ITU's role in implementing the outcomes of the W
            ~ Resolution 140 (Rev. Busan, 2014) | ITU's role in implementing the outcomes of the W
              … and on
            → a) Resolution 140 (Rev. Bucharest, 2022)
        "#]],
    );
}

#[test]
fn nothing_is_typed_yet() {
    check(
        &pp("a) Resolution $0"),
        expect![[r#"
          Resolution 2 (Rev. Bucharest, 2022) | World telecommunication/information and communic
          Resolution 5 (Kyoto, 1994) | Invitations to hold conferences or meetings away
          Resolution 6 (Kyoto, 1994) | Attendance of liberation organizations recognize
          Resolution 7 (Kyoto, 1994) | Procedure for defining a region for the purpose 
          … and on
        → a) Resolution 2 (Rev. Bucharest, 2022)
    "#]],
    );
}

#[test]
fn what_stands_behind_the_number_is_replaced() {
    check(
        &pp("a) Resolution 14$00 (Rev. Busan, 2014) of this conference;"),
        expect![[r#"
              Resolution 14 (Rev. Antalya, 2006) | Recognition of the rights and obligations of all
              Resolution 140 (Rev. Bucharest, 2022) | ITU's role in implementing the outcomes of the W
              Resolution 143 | Plenipotentiary Conference of the International 
              Resolution 144 | Plenipotentiary Conference of the International 
              … and on
            → a) Resolution 14 (Rev. Antalya, 2006) of this conference;
        "#]],
    );
}

#[test]
fn a_list_of_numbers() {
    check(
        &pp("a) Resolutions 101 (Rev. Bucharest, 2022) and 13$0"),
        expect![[r#"
              Resolution 130 (Rev. Dubai, 2018) | (zh) 加强国际电联在树立使用信息通信技术的信心和提高安全性方面的作用 · Plenipote
              Resolution 131 (Rev. Dubai, 2018) | (zh) 为建设综合性和包容性信息社会而进行的ICT衡量工作 · Plenipotentiary
              Resolution 133 (Rev. Busan, 2014) | (zh) 成员国主管部门在国际化（多语文）域名管理中的作用 · Plenipotentiary 
              Resolution 135 (Rev. Bucharest, 2022) | ITU's role in the durable and sustainable develo
              … and on
            → a) Resolutions 101 (Rev. Bucharest, 2022) and 130 (Rev. Dubai, 2018)
        "#]],
    );
}

#[test]
fn another_body() {
    check(
        &pp("a) Council Resolution 13$0"),
        expect![[r#"
              Council Resolution 1305 (2009) | ITU Council
              Council Resolution 1327 | (zh) 国际电联在通过ICT增强妇女和年轻女性权能方面作用 · ITU Council
              Council Resolution 1332 (Rev. 2023) | (zh) 国际电联在2015年之前WSIS成果落实工作中的作用和WSIS+10之后的未来活动 ·
              Council Resolution 1334 (Rev. 2023) | ITU Role in the Overall Review of the Implementa
              … and on
            → a) Council Resolution 1305 (2009)
        "#]],
    );
    check(
        &pp("a) Resolution 133$0"),
        expect![[r#"
              Resolution 133 (Rev. Busan, 2014) | (zh) 成员国主管部门在国际化（多语文）域名管理中的作用 · Plenipotentiary 
              Council Resolution 1332 (Rev. 2023) | (zh) 国际电联在2015年之前WSIS成果落实工作中的作用和WSIS+10之后的未来活动 ·
              Council Resolution 1334 (Rev. 2023) | ITU Role in the Overall Review of the Implementa
              Council Resolution 1336 (Rev. 2015) | (zh) 理事会国际互联网相关公共政策问题工作组（CWG-Internet） · ITU Cou
              … and on
            → a) Resolution 133 (Rev. Busan, 2014)
        "#]],
    );
    check(
        &pp("b) Decision $0"),
        expect![[r#"
              Decision 3 (Minneapolis, 1998) | Treatment of decisions, resolutions and recommen
              Decision 5 (Rev. Bucharest, 2022) | Revenue and expenses for the Union for the perio
              Decision 8 (Marrakesh, 2002) | ITU input to the WSIS Declaration of Principles 
              Decision 11 | Plenipotentiary Conference of the International 
              … and on
            → b) Decision 3 (Minneapolis, 1998)
        "#]],
    );
}

#[test]
fn the_assembly() {
    check(
        &format!("{UNGA}*Recalling* its resolution 70/1$0\n"),
        expect![[r#"
              General Assembly resolution 70/1 | Transforming our world: the 2030 Agenda for Sust
              General Assembly resolution 70/109 | United Nations General Assembly
              General Assembly resolution 70/111 | United Nations General Assembly
              General Assembly resolution 70/112 | United Nations General Assembly
              … and on
            → *Recalling* its resolution 70/1
        "#]],
    );
    check(
        &format!("{UNGA}*Recalling* Human Rights Council resolution 33/$0\n"),
        expect![[r#"
            ~ Human Rights Council resolution 33/1 | Special Rapporteur on Contemporary Forms of Slav
            ~ Human Rights Council resolution 33/9 | The right of everyone to the enjoyment of the hi
            ~ Human Rights Council resolution 33/12 | Human rights and indigenous peoples · United Nat
              … and on
            → *Recalling* Human Rights Council resolution 33/1
        "#]],
    );
    check(
        &format!("{UNGA}*Recalling* resolution 33/1$0\n"),
        expect![[r#"
            ~ Human Rights Council resolution 33/1 | Special Rapporteur on Contemporary Forms of Slav
            ~ Human Rights Council resolution 33/12 | Human rights and indigenous peoples · United Nat
              … and on
            → *Recalling* Human Rights Council resolution 33/1
        "#]],
    );
    check(
        &pp("a) resolution 70/12$0 of 2015,"),
        expect![[r#"
              General Assembly resolution 70/125 | overall review of the implementation of the outc
            ~ General Assembly resolution 70/126 | Promoting social integration through social incl
            ~ General Assembly resolution 70/127 | Policies and programmes involving youth · United
            ~ General Assembly resolution 70/128 | Cooperatives in social development · United Nati
              … and on
            → a) General Assembly resolution 70/125 of 2015,
        "#]],
    );
}

#[test]
fn symbols() {
    check(
        &format!("{UNGA}*Recalling* A/RES/70/1$0\n"),
        expect![[r#"
              A/RES/70/1 | Transforming our world: the 2030 Agenda for Sust
              A/RES/70/109 | United Nations General Assembly
              A/RES/70/111 | United Nations General Assembly
              A/RES/70/112 | United Nations General Assembly
              … and on
            → *Recalling* A/RES/70/1
        "#]],
    );
    check(
        &format!("{UNGA}*Recalling* resolution WHA75.$0\n"),
        expect![[r#"
              WHA75.1 | Special arrangements for settlement of arrears: 
              WHA75.2 | Special arrangements for settlement of arrears: 
              WHA75.3 | Appointment of the Director-General · World Heal
              WHA75.4 | Contract of the Director-General · World Health 
              … and on
            → *Recalling* resolution WHA75.1
        "#]],
    );
}

#[test]
fn in_chinese() {
    let text = "# 第300号决议（2026年，多哈）\n\n国际电信联盟全权代表大会（2026年，多哈），\n\n*忆及*\n\n";
    check(
        &format!("{text}a) 第14$0\n"),
        expect![[r#"
              第14号决议（2006年，安塔利亚，修订版） | Recognition of the rights and obligations of all
              第140号决议（2022年，布加勒斯特，修订版） | 国际电联在落实信息社会世界峰会成果和《2030年可持续发展议程》及其跟进和审查程序中的作用 · 
              第143号决议 | 国际电信联盟全权代表大会
              第144号决议 | 国际电信联盟全权代表大会
              … and on
            → a) 第14号决议（2006年，安塔利亚，修订版）
        "#]],
    );
    check(
        &format!("{text}a) 理事会第13$0\n"),
        expect![[r#"
              理事会第1305号决议（2009年） | 国际电联理事会
              理事会第1327号决议 | 国际电联在通过ICT增强妇女和年轻女性权能方面作用 · 国际电联理事会
              理事会第1332号决议（2023年，修订版） | 国际电联在2015年之前WSIS成果落实工作中的作用和WSIS+10之后的未来活动 · 国际电联
              理事会第1334号决议（2023年，修订版） | 国际电联在全面审查信息社会世界峰会成果落实工作中的作用 · 国际电联理事会
              … and on
            → a) 理事会第1305号决议（2009年）
        "#]],
    );
    check(
        &format!("{text}a) 联合国大会第70/12$0\n"),
        expect![[r#"
              大会第70/125号决议 | 关于信息社会世界首脑会议成果文件执行情况全面审查的大会高级别会议成果文件 · 联合国大会
            ~ 大会第70/126号决议 | Promoting social integration through social incl
            ~ 大会第70/127号决议 | Policies and programmes involving youth · 联合国大会
            ~ 大会第70/128号决议 | Cooperatives in social development · 联合国大会
              … and on
            → a) 联合国大会第70/125号决议
        "#]],
    );
    check(
        &format!("{text}a) 关于信息社会$0\n"),
        expect![[r#"
          第139号决议（2018年，迪拜，修订版） | 利用电信/ICT弥合数字鸿沟并建设包容性信息社会 · 国际电信联盟全权代表大会
          第131号决议（2018年，迪拜，修订版） | 为建设综合性和包容性信息社会而进行的ICT衡量工作 · 国际电信联盟全权代表大会
          第140号决议（2022年，布加勒斯特，修订版） | 国际电联在落实信息社会世界峰会成果和《2030年可持续发展议程》及其跟进和审查程序中的作用 · 
          第75号决议（2022年，日内瓦，修订版） | 国际电联电信标准化部门在WSIS成果落实中的贡献，同时顾及《2030年可持续发展议程》 · 世界
          … and on
        → a) 关于利用电信/ICT弥合数字鸿沟并建设包容性信息社会的第139号决议（2018年，迪拜，修订版）
    "#]],
    );
    check(
        &format!("{text}a) 第140号决议（2022年，$0\n"),
        expect![[r#"
          2022年，布加勒斯特，修订版 | PP-140, in force
          … and on
        → a) 第140号决议（2022年，布加勒斯特，修订版）
    "#]],
    );
}

#[test]
fn in_other_languages() {
    let fr = "# Résolution 300 (Doha, 2026)\n\nLa Conférence de plénipotentiaires de l’Union internationale des \
              télécommunications (Doha, 2026),\n\n*rappelant*\n\n";
    check(
        &format!("{fr}a) la Résolution 140$0\n"),
        expect![[r#"
              Résolution 140 (Rév. Bucarest, 2022) | ITU's role in implementing the outcomes of the W
              Résolution 1409 (2002) du Conseil de sécurité | Conseil de sécurité de l’Organisation des Nation
            ~ Résolution 140 (Rév. Dubaï, 2018) | ITU's role in implementing the outcomes of the W
            ~ Résolution 140 (Rév. Busan, 2014) | ITU's role in implementing the outcomes of the W
              … and on
            → a) la Résolution 140 (Rév. Bucarest, 2022)
        "#]],
    );
    check(
        &format!("{fr}a) la résolution 70/12$0\n"),
        expect![[r#"
              Résolution 70/125 de l’Assemblée générale | overall review of the implementation of the outc
            ~ Résolution 70/126 de l’Assemblée générale | Promoting social integration through social incl
            ~ Résolution 70/127 de l’Assemblée générale | Policies and programmes involving youth · Assemb
            ~ Résolution 70/128 de l’Assemblée générale | Cooperatives in social development · Assemblée g
              … and on
            → a) la résolution 70/125 de l’Assemblée générale
        "#]],
    );
    check(
        &format!("{fr}a) la résolution de l’Assemblée générale 70/12$0\n"),
        expect![[r#"
              Résolution 70/125 de l’Assemblée générale | overall review of the implementation of the outc
            ~ Résolution 70/126 de l’Assemblée générale | Promoting social integration through social incl
            ~ Résolution 70/127 de l’Assemblée générale | Policies and programmes involving youth · Assemb
            ~ Résolution 70/128 de l’Assemblée générale | Cooperatives in social development · Assemblée g
              … and on
            → a) la résolution de l’Assemblée générale 70/125
        "#]],
    );
    let ru = "# Резолюция 300 (Доха, 2026 г.)\n\nПолномочная конференция Международного союза электросвязи (Доха, \
              2026 г.),\n\n*напоминая*\n\n";
    check(
        &format!("{ru}a) о Резолюции 140$0\n"),
        expect![[r#"
              Резолюция 140 (Пересм. Бухарест, 2022 г.) | ITU's role in implementing the outcomes of the W
              Резолюция 1409 (2002) Совета Безопасности | Совет Безопасности Организации Объединенных Наци
            ~ Резолюция 140 (Пересм. Дубай, 2018 г.) | ITU's role in implementing the outcomes of the W
            ~ Резолюция 140 (Пересм. Пусан, 2014 г.) | ITU's role in implementing the outcomes of the W
              … and on
            → a) о Резолюции 140 (Пересм. Бухарест, 2022 г.)
        "#]],
    );
    check(
        &format!("{ru}a) о резолюции 70/12$0\n"),
        expect![[r#"
              Резолюция 70/125 Генеральной Ассамблеи | overall review of the implementation of the outc
            ~ Резолюция 70/126 Генеральной Ассамблеи | Promoting social integration through social incl
            ~ Резолюция 70/127 Генеральной Ассамблеи | Policies and programmes involving youth · Генера
            ~ Резолюция 70/128 Генеральной Ассамблеи | Cooperatives in social development · Генеральная
              … and on
            → a) о резолюции 70/125 Генеральной Ассамблеи
        "#]],
    );
    let ar = "# القرار 300 (الدوحة، 2026)\n\nإن مؤتمر المندوبين المفوضين للاتحاد الدولي للاتصالات (الدوحة، 2026)،\n\n*إذ يذكر*\n\n";
    check(
        &format!("{ar}أ ) بالقرار 140$0\n"),
        expect![[r#"
              القرار 140 (المراجَع في بوخارست، 2022) | ITU's role in implementing the outcomes of the W
              قرار مجلس الأمن 1409 (2002) | مجلس الأمن التابع للأمم المتحدة
            ~ القرار 140 (المراجَع في دبي، 2018) | ITU's role in implementing the outcomes of the W
            ~ القرار 140 (المراجَع في بوسان، 2014) | ITU's role in implementing the outcomes of the W
              … and on
            → أ ) بالقرار 140 (المراجَع في بوخارست، 2022)
        "#]],
    );
    let es = "# Resolución 300 (Doha, 2026)\n\nLa Conferencia de Plenipotenciarios de la Unión Internacional de \
              Telecomunicaciones (Doha, 2026),\n\n*recordando*\n\n";
    check(
        &format!("{es}a) la Resolución 140 ($0)\n"),
        expect![[r#"
          Rev. Bucarest, 2022 | PP-140, in force
        ~ Rev. Dubái, 2018 | PP-140, replaced since
        ~ Rev. Busán, 2014 | PP-140, replaced since
        ~ Antalya, 2006 | PP-140, replaced since
          … and on
        → a) la Resolución 140 (Rev. Bucarest, 2022)
    "#]],
    );
}

#[test]
fn by_words_of_the_title() {
    check(
        &pp("a) Resolution outcomes summit inf$0"),
        expect![[r#"
          Resolution 140 (Rev. Bucharest, 2022) | ITU's role in implementing the outcomes of the W
          Council Resolution 1334 (Rev. 2023) | ITU Role in the Overall Review of the Implementa
          General Assembly resolution 70/125 | overall review of the implementation of the outc
          Economic and Social Council resolution 2024/13 | Assessment of the progress made in the implement
          … and on
        → a) Resolution 140 (Rev. Bucharest, 2022)
    "#]],
    );
    check(
        &format!("{UNGA}*Recalling* its resolution on the rights of the chi$0\n"),
        expect![[r#"
          General Assembly resolution 56/138 | The rights of the child · United Nations General
          General Assembly resolution 45/104 | Convention on the Rights of the Child · United N
        ~ General Assembly resolution 51/77 | The rights of the child · United Nations General
        ~ General Assembly resolution 44/25 | Convention on the Rights of the Child · United N
          … and on
        → *Recalling* its resolution 56/138
    "#]],
    );
}

#[test]
fn versions() {
    check(
        &pp("a) Resolution 140 ($0)"),
        expect![[r#"
          Rev. Bucharest, 2022 | PP-140, in force
        ~ Rev. Dubai, 2018 | PP-140, replaced since
        ~ Rev. Busan, 2014 | PP-140, replaced since
        ~ Antalya, 2006 | PP-140, replaced since
          … and on
        → a) Resolution 140 (Rev. Bucharest, 2022)
    "#]],
    );
    check(
        &pp("a) Resolution 140 (Rev. $0"),
        expect![[r#"
          Rev. Bucharest, 2022 | PP-140, in force
        ~ Rev. Dubai, 2018 | PP-140, replaced since
        ~ Rev. Busan, 2014 | PP-140, replaced since
          Rev. Doha, 2026 | session of PP
          … and on
        → a) Resolution 140 (Rev. Bucharest, 2022)
    "#]],
    );
    check(
        &pp("a) Resolution 140 (Rev. B$0usan, 2014);"),
        expect![[r#"
          Rev. Bucharest, 2022 | PP-140, in force
        ~ Rev. Busan, 2014 | PP-140, replaced since
          … and on
        → a) Resolution 140 (Rev. Bucharest, 2022);
    "#]],
    );
    check(
        &pp("a) Decision 5 ($0"),
        expect![[r#"
          Rev. Bucharest, 2022 | PP Decision-5, in force
        ~ Rev. Busan, 2014 | PP Decision-5, replaced since
          Rev. Doha, 2026 | session of PP
          Rev. Dubai, 2018 | session of PP
          … and on
        → a) Decision 5 (Rev. Bucharest, 2022)
    "#]],
    );
    check(
        &pp("a) the summit (Geneva, $0"),
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn in_a_tracked_change() {
    check(
        &pp("{++a) Resolution 140$0++}"),
        expect![[r#"
              Resolution 140 (Rev. Bucharest, 2022) | ITU's role in implementing the outcomes of the W
              Security Council resolution 1409 (2002) | United Nations Security Council
            ~ Resolution 140 (Rev. Dubai, 2018) | ITU's role in implementing the outcomes of the W
            ~ Resolution 140 (Rev. Busan, 2014) | ITU's role in implementing the outcomes of the W
              … and on
            → {++a) Resolution 140 (Rev. Bucharest, 2022)++}
        "#]],
    );
    check(
        &pp("a) Resolution {~~14~>13$0~~}"),
        expect![[r#"
              Resolution 130 (Rev. Dubai, 2018) | (zh) 加强国际电联在树立使用信息通信技术的信心和提高安全性方面的作用 · Plenipote
              Resolution 131 (Rev. Dubai, 2018) | (zh) 为建设综合性和包容性信息社会而进行的ICT衡量工作 · Plenipotentiary
              Resolution 133 (Rev. Busan, 2014) | (zh) 成员国主管部门在国际化（多语文）域名管理中的作用 · Plenipotentiary 
              Resolution 135 (Rev. Bucharest, 2022) | ITU's role in the durable and sustainable develo
              … and on
            → a) Resolution {~~14~>130 (Rev. Dubai, 2018)~~}
        "#]],
    );
}

const OTHER: &str = "//- other.resmark\n# Resolution 191 (Kigali, 2022)\n\nThe World Telecommunication Development \
    Conference (Kigali, 2022),\n\n*considering*\n\na) the need,\n\n*resolves*\n\n1. to begin:\n   a) at once;\n   b) with \
    care;\n2. to go on.\n";

#[test]
fn clauses() {
    check(
        &format!("{PP}a) one;\nb) two,\n\n*resolves*\n\n1. as said in *recalling* $0\n2. three\n"),
        expect![[r#"
          recalling a) | a) one;
          recalling b) | b) two,
        → 1. as said in *recalling* a)
    "#]],
    );
    check(
        &format!("{PP}a) one;\nb) two,\n\n*resolves*\n\n1. three;\n2. to do so, with recalling $0 above in mind.\n"),
        expect![[r#"
          recalling a) | a) one;
          recalling b) | b) two,
        → 2. to do so, with recalling a) above in mind.
    "#]],
    );
    check(
        &format!("//- main.resmark\n{PP}a) *resolves* 1$0 of Resolution 191 (Kigali, 2022);\n{OTHER}"),
        expect![[r#"
          resolves 1 | 1. to begin:
          resolves 1 a) | a) at once;
          resolves 1 b) | b) with care;
        → a) *resolves* 1 of Resolution 191 (Kigali, 2022);
    "#]],
    );
    check(
        "*Decides* this:\n\n1. *Requests* the Secretary-General to report;\n\n2. *Decides* to act on paragraph $0\n",
        expect![[r#"
          1 | 1. Requests the Secretary-General to report;
        → 2. *Decides* to act on paragraph 1
    "#]],
    );
}

#[test]
fn pins() {
    check(
        &pp("a) [Resolution 140 (Rev. Busan, 2014)]($0);"),
        expect![[r#"
          = | the version in the text is meant, old or not
          PP-140 | ITU's role in implementing the outcomes of the W
        → a) [Resolution 140 (Rev. Busan, 2014)](=);
    "#]],
    );
    check(
        &pp("a) [the summit](PP-14$0);"),
        expect![[r#"
          PP-14 | Recognition of the rights and obligations of all
          PP-140 | ITU's role in implementing the outcomes of the W
        ~ PP-141 | Plenipotentiary Conference of the International 
        ~ PP-142 | Plenipotentiary Conference of the International 
          …
        → a) [the summit](PP-14);
    "#]],
    );
    check(
        &pp("a) [the summit](PP-140@$0"),
        expect![[r#"
          PP-140@2022 | ITU's role in implementing the outcomes of the W
        ~ PP-140@2018 | ITU's role in implementing the outcomes of the W
        ~ PP-140@2014 | ITU's role in implementing the outcomes of the W
        ~ PP-140@2006 | ITU's role in implementing the outcomes of the W
        → a) [the summit](PP-140@2022
    "#]],
    );
    check(
        &format!("//- main.resmark\n{PP}a) [that](WTDC-191@2022#res$0)\n{OTHER}"),
        expect![[r#"
          resolves-1 | 1. to begin:
          resolves-1-a | a) at once;
          resolves-1-b | b) with care;
          resolves-2 | 2. to go on.
        → a) [that](WTDC-191@2022#resolves-1)
    "#]],
    );
}

#[test]
fn metadata() {
    check(
        "---\nbody: WT$0\n---\n",
        expect![[r#"
          WTSA | World Telecommunication Standardization Assembly
          WTDC | World Telecommunication Development Conference
          WTPF | World Telecommunication/Information and Communic
        → body: WTSA
    "#]],
    );
    check(
        "---\nlanguage: $0\n---\n",
        expect![[r#"
          en | English
          fr | français
          es | español
          ru | русский
          …
        → language: en
    "#]],
    );
    check(
        "---\npro$0\n---\n",
        expect![[r#"
          profile | the house whose habits hold
        → profile: 
    "#]],
    );
}

#[test]
fn prose_is_left_alone() {
    for line in [
        "a) that this resolution $0",
        "a) the draft resolution $0",
        "a) that 14$0 Member States",
        "a) in paragraph (a$0",
        "a) {>> Resolution 14$0 <<}",
        "a) {>> Resolution 14$0",
        "a) on the implementation of the sum$0",
        "a) the resolution adopted by the con$0",
        "a) *recalling $0",
        "a) [brackets]($0",
        "a) the Conference (Geneva, 2$0",
        "a) resolves $0",
        "a) to resolve disputes, $0",
        "# Resolution 14$0",
    ] {
        let shown = show(&pp(line));
        assert!(shown == "nothing\n" || line.contains("[brackets]"), "{line}: {shown}");
    }
}

fn asked() -> Asked {
    Asked { explicitly: true, skeletons: true, language: None }
}

#[test]
fn an_empty_file_offers_resolutions_when_asked() {
    let shown = expect![[r##"
          Resolution (ITU) | 
          Resolution (United Nations General Assembly) | 
          Resolution (Security Council) | 
          Resolution (World Health Assembly) | 
          … and on
        → # Resolution ${1:[ABC-1]} (${2:Doha, 2026})
    "##]];
    shown.assert_eq(&show_asked("$0", asked()));
    check("$0", expect!["nothing\n"]);
    let clumsy = Asked { skeletons: false, ..asked() };
    expect!["nothing\n"].assert_eq(&show_asked("$0", clumsy));
}

#[test]
fn resolutions_are_found_by_name_and_without_accents() {
    let who = expect![[r##"
          Resolution (World Health Assembly) | 
          Résolution (Assemblée mondiale de la Santé) | 
          Resolución (Asamblea Mundial de la Salud) | 
          … and on
        → # WHA${1:80.1}
    "##]];
    who.assert_eq(
        &show_asked("resolution-who$0", asked()).replace("  Резолюция (Всемирная ассамблея здравоохранения) | \n", ""),
    );
    let saude = expect![[r##"
          Резолюция (МСЭ) | 
          Резолюция (Генеральная Ассамблея ООН) | 
          Резолюция (Совет Безопасности) | 
          Резолюция (Всемирная ассамблея здравоохранения) | 
          … and on
        → # Резолюция ${1:[ABC-1]} (${2:Доха, 2026 г.})
    "##]];
    saude.assert_eq(&show_asked("Резо$0", asked()));
}

#[test]
fn the_editors_language_comes_first_in_an_empty_file() {
    let french = Asked { language: Some(crate::syntax::Language::Fr), ..asked() };
    assert!(show_asked("$0", french).starts_with("  Résolution (UIT)"));
}

#[test]
fn the_house_of_the_metadata_comes_first() {
    assert!(
        show_asked("---\nprofile: who\nlanguage: fr\n---\n\n$0", asked())
            .starts_with("  Résolution (Assemblée mondiale de la Santé)")
    );
}

#[test]
fn parts_are_offered_on_an_empty_line_and_in_the_language_of_the_text() {
    let parts = expect![[r#"
          ADD: proposal for a new resolution (ITU) | 
          MOD: proposal to change a resolution (ITU) | 
          SUP: proposal to suppress a resolution (ITU) | 
          Annex | 
          … and on
        → ADD ${1:EUR/44A1/1}
    "#]];
    parts.assert_eq(&show_asked(&format!("{PP}a) one,\n\n$0\n"), asked()));
    let annex = expect![[r#"
          Annex | 
          … and on
        → ### Annex ${1:1}
    "#]];
    annex.assert_eq(&show_asked(&format!("{PP}a) one,\n\nann$0\n"), asked()));
}

#[test]
fn running_text_offers_only_what_is_called_for() {
    expect!["nothing\n"].assert_eq(&show_asked(&format!("{PP}a) one $0\n"), asked()));
    expect!["nothing\n"].assert_eq(&show_asked(&format!("{PP}a) one annex$0\n"), asked()));
    let insertion = expect![[r#"
          Tracked insertion | 
          … and on
        → a) one {++${1:new}++}$0
    "#]];
    insertion.assert_eq(&show_asked(&format!("{PP}a) one ins$0\n"), asked()));
}
