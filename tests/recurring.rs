//! Subjects that come back: of every resolution of which a newer one is known, written in each usual form, the latest is
//! named, and nothing is said of the latest. Skips, saying so, where the table of them is not there.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use jiff::civil::date;
use resmark::catalogue::{Catalogue, adoption_window};
use resmark::citation::ResolutionId;
use resmark::facts::Facts;
use resmark::rules::{Finding, Input, Scope, Severity, check};
use resmark::syntax::parse;
use resmark_tests::{shared, skip};

/// A symbol in parts: `A/RES/`, `70/125`.
type Symbol = (&'static str, String);

/// How each kind of symbol is written: with `#` for the number, `@` for its day, and the organ whose texts write it so, if only they do.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    (
        "A/RES/",
        &[
            ("", "A/RES/#"),
            ("UNGA", "resolution #"),
            ("UNGA", "its resolution # of @"),
            ("", "General Assembly resolution #"),
            ("", "General Assembly resolution # of @"),
            ("", "resolution # of the General Assembly"),
            ("", "United Nations General Assembly (UNGA) Resolution #"),
            ("UNGA", "Assembly resolution #"),
            ("", "大会第#号决议"),
            ("", "联合国大会第#号决议"),
            ("", "联大第A/RES/#号决议"),
            ("", "résolution # de l’Assemblée générale"),
            ("", "resolución # de la Asamblea General"),
            ("", "резолюция # Генеральной Ассамблеи"),
            ("", "قرار الجمعية العامة #"),
        ],
    ),
    (
        "A/DEC/",
        &[
            ("", "General Assembly decision #"),
            ("UNGA", "Assembly decision #"),
            ("UNGA", "its decision # of @"),
            ("", "大会第#号决定"),
            ("", "décision # de l’Assemblée générale"),
        ],
    ),
    (
        "A/HRC/RES/",
        &[
            ("", "A/HRC/RES/#"),
            ("HRC", "resolution #"),
            ("HRC", "its resolution # of @"),
            ("", "Human Rights Council resolution #"),
            ("", "Human Rights Council resolution # of @"),
            ("", "resolution # of the Human Rights Council"),
            ("", "人权理事会第#号决议"),
            ("", "résolution # du Conseil des droits de l’homme"),
            ("", "resolución # del Consejo de Derechos Humanos"),
            ("", "резолюция # Совета по правам человека"),
            ("", "قرار مجلس حقوق الإنسان #"),
        ],
    ),
    (
        "E/RES/",
        &[
            ("", "E/RES/#"),
            ("ECOSOC", "resolution #"),
            ("ECOSOC", "Council resolution #"),
            ("", "Economic and Social Council resolution #"),
            ("", "Economic and Social Council resolution # of @"),
            ("", "经济及社会理事会第#号决议"),
            ("", "résolution # du Conseil économique et social"),
            ("", "resolución # del Consejo Económico y Social"),
            ("", "резолюция # Экономического и Социального Совета"),
            ("", "قرار المجلس الاقتصادي والاجتماعي #"),
        ],
    ),
    ("E/DEC/", &[("", "Economic and Social Council decision #"), ("", "经济及社会理事会第#号决定")]),
];

/// The parts of a symbol, the number as texts write it. `None` for what is no resolution or decision: statements of a
/// president.
fn parts(symbol: &str) -> Option<Symbol> {
    let kinds = ["A/HRC/RES/", "A/RES/", "A/DEC/", "E/RES/", "E/DEC/"];
    let kind = kinds.into_iter().find(|kind| symbol.starts_with(kind))?;
    let mut number = String::new();
    // `2625(XXV)`, `79/252[B]`, `79/93A-B`: a space in front of what follows the number.
    for c in symbol[kind.len()..].chars().filter(|c| !matches!(c, '[' | ']')) {
        if (c.is_ascii_uppercase() || c == '(') && number.ends_with(|last: char| last.is_ascii_digit()) && c != 'S' {
            number.push(' ');
        }
        number.push(c);
    }
    Some((kind, number))
}

fn head(organ: &str, section: &str) -> String {
    let acting = match organ {
        "HRC" => "The Human Rights Council,",
        "ECOSOC" => "The Economic and Social Council,",
        _ => "The General Assembly,",
    };
    format!("# Draft resolution\n\n{acting}\n\n{section}\n\n")
}

fn judged(text: &str) -> Vec<Finding> {
    let facts = Facts::read(text, &parse(text));
    let catalogue = Catalogue::bundled();
    let input = Input::new(text, &facts, &catalogue, date(2026, 1, 1), Default::default());
    check(&input, Scope::Catalogue)
}

/// A text with one clause for each of `words`, and the findings in each.
fn in_clauses(organ: &str, section: &str, words: &[String]) -> Vec<Vec<(Severity, String)>> {
    let mut text = head(organ, section);
    let mut ends = Vec::new();
    for words in words {
        text.push_str(&format!("- {words};\n\n"));
        ends.push(text.len());
    }
    let mut found = vec![Vec::new(); words.len()];
    for finding in judged(&text) {
        let at = usize::from(finding.range.start());
        let clause = ends.partition_point(|end| *end <= at);
        if finding.rule.starts_with("citation/") {
            found[clause].push((finding.severity, format!("{}: {}", finding.rule, finding.message)));
        }
    }
    found
}

/// A citation in one of the forms. Where nothing tells the day, the form has none.
fn written(form: &str, symbol: &Symbol) -> String {
    let body = match symbol.0 {
        "A/RES/" => "UNGA",
        "A/DEC/" => "UNGA Decision",
        "A/HRC/RES/" => "HRC",
        "E/DEC/" => "ECOSOC Decision",
        _ => "ECOSOC",
    };
    let id = ResolutionId::new(body, symbol.1.clone());
    let catalogue = Catalogue::bundled();
    let known = catalogue.versions(&id).into_iter().find(|version| version.day_is_given).map(|version| version.date);
    let form = match known.or_else(|| adoption_window(&id).map(|window| window.latest)) {
        Some(day) => form.replace('@', &day.strftime("%-d %B %Y").to_string()),
        None => form.replace(" of @", ""),
    };
    // Two parts of one are joined by a word in Chinese.
    let number = if form.contains('号') && symbol.1.contains(' ') {
        symbol.1.replace(['-', '–'], "和")
    } else {
        symbol.1.clone()
    };
    form.replace('#', &number)
}

fn table() -> Option<Vec<(Symbol, Symbol)>> {
    let path = shared()?.join("catalogue/un-recurring.tsv");
    let text = std::fs::read_to_string(path).ok()?;
    let rows = text.lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        Some((parts(fields.next()?)?, parts(fields.next()?)?))
    });
    Some(rows.collect())
}

/// The first of `79/93 A-B`.
fn first(number: &str) -> String {
    number.split(['-', '–']).next().filter(|_| number.contains(' ')).unwrap_or(number).to_owned()
}

#[test]
fn of_every_outdated_one_the_latest_is_named() {
    let Some(table) = table() else {
        return skip("of_every_outdated_one_the_latest_is_named", "there is no table of recurring subjects");
    };
    let mut missed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for (kind, forms) in FORMS {
        let rows: Vec<_> = table.iter().filter(|(cited, _)| cited.0 == *kind).collect();
        for (organ, form) in *forms {
            // Until 1977 the General Assembly and the Council numbered alike: without either's name the text leaves open
            // whose resolution 13 (III) is.
            let open = |symbol: &Symbol| {
                symbol.0 == "E/RES/"
                    && symbol.1.contains('(')
                    && ["resolution #", "Council resolution #"].contains(form)
            };
            let rows: Vec<_> = rows.iter().filter(|(cited, _)| !open(cited)).collect();
            for section in ["*recalling*", "*decides*"] {
                let words: Vec<String> = rows.iter().map(|(cited, _)| written(form, cited)).collect();
                let found = in_clauses(organ, section, &words);
                for (((_, latest), words), found) in rows.iter().zip(&words).zip(found) {
                    let number = first(&latest.1);
                    let named = |(_, message): &&(Severity, String)| {
                        message.starts_with("citation/outdated: ") && message.contains(&format!(" {number}"))
                    };
                    match found.iter().find(named) {
                        Some((severity, _)) => *counts.entry((section, *severity)).or_default() += 1,
                        None => {
                            missed.entry(format!("{form} {section}")).or_default().push(format!("{words}: {found:?}"));
                        }
                    }
                }
            }
        }
    }
    println!("{counts:?}");
    for (form, missed) in &missed {
        println!("{form}: {}", missed.len());
        missed.iter().take(4).for_each(|missed| println!("    {missed}"));
    }
    assert!(missed.is_empty());
}

#[test]
fn nothing_is_said_of_the_latest() {
    let Some(table) = table() else {
        return skip("nothing_is_said_of_the_latest", "there is no table of recurring subjects");
    };
    let mut wrong = Vec::new();
    for (kind, forms) in FORMS {
        let rows: Vec<_> = table.iter().filter(|(_, latest)| latest.0 == *kind).collect();
        for (organ, form) in *forms {
            for section in ["*recalling*", "*decides*"] {
                let words: Vec<String> = rows.iter().map(|(_, latest)| written(form, latest)).collect();
                let found = in_clauses(organ, section, &words);
                wrong.extend(words.into_iter().zip(found).filter(|(_, found)| !found.is_empty()));
            }
        }
    }
    wrong.iter().take(20).for_each(|wrong| println!("{wrong:?}"));
    assert!(wrong.is_empty(), "{} are found fault with", wrong.len());
}
