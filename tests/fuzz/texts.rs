//! Texts at random: the markup and its halves, in six languages, whole resolutions with something done to them, and what is
//! no text at all.

use std::path::Path;
use std::sync::OnceLock;

use fastrand::Rng;
use resmark_tests::boundary;

/// What means something to a reader of the markup, next to what does not.
const MARKUP: &[&str] = &[
    "{++",
    "++}",
    "{--",
    "--}",
    "{~~",
    "~>",
    "~~}",
    "{>>",
    "<<}",
    "{==",
    "*",
    "**",
    "_",
    "[",
    "]",
    "[^",
    "[^1]",
    "[^1]: ",
    "](=)",
    "](PP-140#a)",
    "](PP-140@2018)",
    "](",
    "(",
    ")",
    "\\",
    "\\*",
    "# ",
    "## ",
    "### ",
    "#",
    "---\n",
    "body: PP\n",
    "language: fr\n",
    "profile: itu\n",
    "MOD A/1/2\n",
    "ADD X/7\n",
    "SUP X/8\n",
    "NOC X/9\n",
    "Reasons: ",
    "a) ",
    "b) ",
    "(a) ",
    "1. ",
    "2. ",
    "1bis. ",
    "10. ",
    "i) ",
    "iv) ",
    "aa) ",
    "A. ",
    "(1) ",
    "- ",
    "• ",
    "   ",
    "\t",
    "  a) ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    ";\n",
    ".\n",
    ",\n",
    ", and\n",
    "; or\n",
    ":\n",
    "<!-- resmark: allow numbering/gap -->",
    "{>>resmark: allow numbering/gap<<}",
    "{>>resmark-ignore numbering/gap<<}",
    "> ",
    "|",
    "~",
    "`",
    "“",
    "”",
    "«",
    "»",
];

/// Words of resolutions in the six languages, by language.
const WORDS: [&[&str]; 6] = [
    &[
        "*recalling*\n",
        "*considering*\n",
        "*resolves*\n",
        "*instructs the Secretary-General*\n",
        "*further recalling* ",
        "Recalling ",
        "Decides ",
        "recalling further",
        "Resolution 140 (Rev. Dubai, 2018)",
        "Resolution 70/125",
        "Res. 71",
        "General Assembly resolution 70/125",
        "resolutions 1 (Geneva, 2020), 2 and 3",
        "that resolution",
        "WHA75.8",
        "*resolves* 2",
        "*considering a)* and *b)* above",
        "paragraphs 1 to 3",
        "operative paragraph 2",
        "Annex 1",
        "Article 5 of the Constitution",
        "No. 144 of the Convention",
        "paragraph 35 of the Tunis Agenda",
        "of 16 December 2015",
        "The Plenipotentiary Conference (Bucharest, 2022),\n",
        "A/RES/70/1",
        "Council Resolution 1332 (modified 2019)",
    ],
    &[
        "*rappelant*\n",
        "*considérant*\n",
        "*décide*\n",
        "Résolution 140 (Rév. Dubaï, 2018)",
        "la résolution 70/125 de l'Assemblée générale",
        "*rappelant* a) et b) ci-dessus",
        "points 1 à 3 du *décide*",
        " ;\n",
        "l'article 5 de la Constitution",
        "annexe 1",
        "du 16 décembre 2015",
    ],
    &[
        "*recordando*\n",
        "*considerando*\n",
        "*resuelve*\n",
        "Resolución 140 (Rev. Dubái, 2018)",
        "resolución 70/125 de la Asamblea General",
        "*recordando* a) y b) anteriores",
        "puntos 1 a 3 del *resuelve*",
        "ñ) ",
        "artículo 5 de la Constitución",
        "de 16 de diciembre de 2015",
    ],
    &[
        "*напоминая*\n",
        "*учитывая*\n",
        "*решает*\n",
        "Резолюция 140 (Пересм. Дубай, 2018 г.)",
        "резолюции 70/125 Генеральной Ассамблеи",
        "пункты а) и b) раздела *напоминая*",
        "а) ",
        "б) ",
        "ё) ",
        "статьи 5 Устава",
        "от 16 декабря 2015 года",
    ],
    &[
        "*忆及*\n",
        "*考虑到*\n",
        "*做出决议*\n",
        "第140号决议（2018年，迪拜，修订版）",
        "联大第70/125号决议",
        "上述*忆及*a)和b)",
        "“做出决议”第2段",
        "；\n",
        "。\n",
        "一、",
        "（一）",
        "1、",
        "《组织法》第5条",
        "附件1",
        "第一、二和三号决议",
    ],
    &[
        "*إذ يذكر*\n",
        "*وإذ يضع في اعتباره*\n",
        "*يقرر*\n",
        "القرار 140 (المراجَع في دبي، 2018)",
        "قرار الجمعية العامة 70/125",
        "الفقرتين أ) وب) من *إذ يذكر* أعلاه",
        "أ ) ",
        "أ) ",
        "ب) ",
        "؛\n",
        "، \n",
        "المادة 5 من الدستور",
        "١. ",
        "٢. ",
    ],
];

/// Characters that programs stumble over.
const ODD: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{200f}",
    "\u{202a}",
    "\u{202b}",
    "\u{202c}",
    "\u{202d}",
    "\u{202e}",
    "\u{2066}",
    "\u{2067}",
    "\u{2068}",
    "\u{2069}",
    "\u{61c}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fffd}",
    "\u{d7ff}",
    "\u{e000}",
    "\u{10000}",
    "\u{10ffff}",
    "e\u{301}",
    "\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "ǅ",
    "ſ",
    "K",
    "Å",
    "𝟏",
    "１",
    "Ⅳ",
    "①",
    "😀",
    "👨‍👩‍👧",
    "🇨🇭",
    "决",
    "ﷺ",
    "\u{1d173}",
    "\u{e0001}",
    "ـ",
    "ِ",
];

/// A text. `large`: now and then one of a hundred kilobytes.
pub fn text(random: &mut Rng, large: bool) -> String {
    let most = if large && random.u8(..) < 8 { 120_000 } else { 6_000 };
    let mut text = match random.u8(..100) {
        0..30 => repeated(random, 60, piece),
        30..62 => mutated(random),
        62..80 => resolution(random),
        80..90 => repetition(random, most),
        90..96 => repeated(random, 200, |random| random.char(..).to_string()),
        _ => String::from_utf8_lossy(&bytes(random, 300)).into_owned(),
    };
    cut(&mut text, most);
    text
}

/// Bytes, up to so many, most of them of the kind that texts are made of.
pub fn bytes(random: &mut Rng, most: usize) -> Vec<u8> {
    let len = random.usize(..most);
    let mut bytes: Vec<u8> =
        (0..len).map(|_| if random.bool() { random.u8(..) } else { random.u8(b' '..b'~') }).collect();
    if random.u8(..) < 30 {
        bytes.splice(
            ..0,
            random.choice([&b"\xff\xfe"[..], b"\xfe\xff", b"\xef\xbb\xbf"]).unwrap_or(&b""[..]).iter().copied(),
        );
    }
    bytes
}

/// A piece of a text.
pub fn piece(random: &mut Rng) -> String {
    match random.u8(..10) {
        0..4 => one_of(random, MARKUP),
        4..7 => {
            let words = WORDS[random.usize(..WORDS.len())];
            one_of(random, words)
        }
        7 => one_of(random, ODD),
        8 => random.alphanumeric().to_string(),
        9 if random.u8(..8) == 0 => run(random),
        _ => one_of(random, &[" ", " word ", " and ", "x", "7", "2018", "140", " 和 ", " et "]),
    }
}

/// One character, as often as nobody who reads a few of them ahead expects: a line drawn with it, a column of a table.
fn run(random: &mut Rng) -> String {
    let of = match random.u8(..4) {
        0 => " ".to_owned(),
        1 => one_of(random, MARKUP),
        2 => one_of(random, ODD),
        _ => {
            let words = WORDS[random.usize(..WORDS.len())];
            one_of(random, words)
        }
    };
    let of: Vec<char> = of.chars().collect();
    let character = random.choice(&of).copied().unwrap_or(' ');
    let most = random.choice([20, 60, 200, 1_200]).unwrap_or_default();
    repeated(random, most, |_| character.to_string())
}

/// What somebody puts in at once: a letter, a piece, some of them, or nothing.
pub fn typed(random: &mut Rng) -> String {
    match random.u8(..10) {
        0..3 => String::new(),
        3..5 => random.alphanumeric().to_string(),
        5..9 => piece(random),
        _ => repeated(random, 6, piece),
    }
}

/// A name, of a clause for instance.
pub fn name(random: &mut Rng) -> String {
    match random.u8(..6) {
        0 => String::new(),
        1 => random.u32(..).to_string(),
        2 => repeated(random, 3, |random| random.char(..).to_string()),
        3 => one_of(random, &["b", "2", "1bis", "iv", "aa", "z", "б", "أ", "二", "٣", "a) b)", "2.", " 3 "]),
        _ => piece(random),
    }
}

/// A place in a text, as a part of 65,536: it fits whatever the text is cut down to.
pub fn place(random: &mut Rng) -> u16 {
    match random.u8(..10) {
        0 => 0,
        1 => u16::MAX,
        _ => random.u16(..),
    }
}

/// The byte at such a place, between characters.
pub fn at(text: &str, place: u16) -> usize {
    boundary(text, (text.len() * usize::from(place)).div_ceil(usize::from(u16::MAX)))
}

fn one_of(random: &mut Rng, pieces: &[&str]) -> String {
    random.choice(pieces).copied().unwrap_or_default().to_owned()
}

fn repeated(random: &mut Rng, most: usize, mut make: impl FnMut(&mut Rng) -> String) -> String {
    (0..random.usize(..most)).map(|_| make(random)).collect()
}

fn cut(text: &mut String, most: usize) {
    text.truncate(boundary(text, most));
}

/// A text of people, with things done to it that no person does.
fn mutated(random: &mut Rng) -> String {
    let mut text = written(random);
    for _ in 0..random.usize(..12) {
        mutate(random, &mut text);
    }
    text
}

/// Texts of people: the examples, what the guide shows, and such as look adopted. A part of one where it is long.
fn written(random: &mut Rng) -> String {
    static WRITTEN: OnceLock<Vec<String>> = OnceLock::new();
    let written = WRITTEN.get_or_init(|| {
        let mut texts = Vec::new();
        examples(&resmark_tests::root().join("examples"), &mut texts);
        shown(&resmark_tests::root().join("docs/rules"), &mut texts);
        texts
    });
    let mut text = match random.u8(..5) {
        0 => {
            let (bytes, number) = (random.usize(500..5000), random.usize(..300));
            resmark_tests::generate::resolution(bytes, number)
        }
        _ => random.choice(written).cloned().unwrap_or_default(),
    };
    if text.len() > 4000 {
        let start = boundary(&text, random.usize(..text.len() - 3000));
        text = text.split_off(start);
        cut(&mut text, 4000);
    }
    text
}

fn examples(folder: &Path, texts: &mut Vec<String>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            examples(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "resmark") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// What stands between fences in the pages about the rules.
fn shown(folder: &Path, texts: &mut Vec<String>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for page in paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()) {
        let fenced = page.split("\n```").skip(1).step_by(2);
        texts.extend(fenced.filter_map(|block| Some(block.split_once('\n')?.1.to_owned())));
    }
}

fn mutate(random: &mut Rng, text: &mut String) {
    let (one, other) = (place(random), place(random));
    let (one, other) = (at(text, one), at(text, other));
    let (start, end) = (one.min(other), one.max(other));
    // Mostly near by.
    let end = if random.u8(..4) == 0 { end } else { boundary(text, (start + random.usize(..60)).min(end)).max(start) };
    match random.u8(..12) {
        0..4 => text.insert_str(start, &typed(random)),
        4 | 5 => text.replace_range(start..end, ""),
        6 => text.replace_range(start..end, &typed(random)),
        7 => {
            let copy = text[start..end].to_owned();
            text.insert_str(one, &copy);
        }
        8 => {
            let (open, close) =
                random.choice([("{++", "++}"), ("{--", "--}"), ("{~~", "~>x~~}"), ("*", "*"), ("[", "](=)")]).unwrap();
            text.insert_str(end, close);
            text.insert_str(start, open);
        }
        9 => {
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            if lines.len() > 1 {
                let (one, other) = (random.usize(..lines.len()), random.usize(..lines.len()));
                lines.swap(one, other);
            }
            *text = lines.concat();
        }
        10 => text.truncate(start),
        _ => *text = if random.bool() { text.replace('\n', "\r\n") } else { text.replace("\n", "\n  ") },
    }
}

/// A resolution with sections, lists and references, of which some are right.
fn resolution(random: &mut Rng) -> String {
    let language = random.usize(..WORDS.len());
    let words = WORDS[language];
    let mut out = String::new();
    if random.bool() {
        out += random
            .choice(["MOD A/1/2\n\n", "ADD X/7\n\n", "---\nbody: PP\n---\n\n", "---\nprofile: unga\n---\n"])
            .unwrap();
    }
    if random.bool() {
        out += &format!("# {}\n\n", words[3 % words.len()]);
    }
    for section in 0..random.usize(1..5) {
        if random.u8(..4) > 0 {
            out += words[section % 3];
            out.push('\n');
        }
        let close = random.choice([")", ".", ". ", "、"]).unwrap();
        let letters = random.bool();
        for index in 0..random.usize(..6) {
            // Now and then a mistake.
            let index = if random.u8(..8) == 0 { random.usize(..20) } else { index };
            let label = if letters { ((b'a' + index as u8 % 26) as char).to_string() } else { (index + 1).to_string() };
            let indent = if random.u8(..4) == 0 { "   " } else { "" };
            out += &format!("{indent}{label}{close} {} {}", one_of(random, words).trim_end(), piece(random).trim_end());
            out += random.choice([";\n", ",\n", ".\n", "\n", ";\n\n", " ++}\n"]).unwrap();
        }
        out.push('\n');
    }
    out
}

/// One thing again and again: what nests, and lines that do not end.
fn repetition(random: &mut Rng, most: usize) -> String {
    let piece: String = (0..random.usize(1..4)).map(|_| piece(random)).collect();
    let times = random.usize(1..2000).min(most / piece.len().max(1) + 1);
    match random.u8(..3) {
        0 => (0..times.min(300)).map(|depth| format!("{}{piece}\n", " ".repeat(depth))).collect(),
        1 => format!("{}{}", piece.repeat(times), typed(random)),
        _ => {
            let other = typed(random);
            format!("{}{other}{}", piece.repeat(times / 2 + 1), other.repeat(times / 2 + 1))
        }
    }
}
