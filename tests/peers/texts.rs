//! The same resolution as other markups have it, and a program of the same size: as many references in as many bytes.

use std::fmt::Write;

use crate::texts::{self, NUMBER};

/// A text, and the places in it that are asked about; all are byte offsets near the middle.
pub struct Text {
    /// The text, all of it ASCII.
    pub text: String,
    /// The end of a word of prose, which is typed into.
    pub word: usize,
    /// In words that refer to another place of the text, if the server follows such.
    pub reference: Option<usize>,
    /// Where such words may be completed.
    pub offered: Option<usize>,
}

impl Text {
    /// The text with the places: behind the first `word` in the second half, and into the first `reference` there by
    /// `into` bytes; behind the first `offered`.
    fn new(text: String, word: &str, reference: Option<(&str, usize)>, offered: Option<&str>) -> Text {
        let half = text.len() / 2;
        let find = |words: &str| {
            let behind = text.get(half..).and_then(|behind| behind.find(words)).map(|at| half + at);
            behind.or(text.find(words))
        };
        Text {
            word: find(word).map_or(0, |at| at + word.len()),
            reference: reference.and_then(|(words, into)| Some(find(words)? + into)),
            offered: offered.and_then(|words| Some(find(words)? + words.len())),
            text,
        }
    }
}

/// A resolution.
pub fn resolution(bytes: usize) -> Text {
    let text = texts::resolution(bytes, NUMBER);
    let place = texts::places(&text).map_or(0, |[_, (_, middle), _]| middle);
    let found = Text::new(text, "that", Some(("* a) above", 2)), None);
    Text { word: place, offered: found.reference, ..found }
}

/// The same resolution in Markdown: sections are headings, references and citations are links to headings.
pub fn markdown(bytes: usize) -> Text {
    convert(
        bytes,
        &Markup {
            before: "",
            after: "",
            heading: |name, id, out| _ = writeln!(out, "## {name} {id}\n"),
            clause: |label, words, out| _ = writeln!(out, "- {label} {words}"),
            link: |words, id| format!("[{words}](#{id})"),
        },
    )
    .places(" a)](#", " a)](#")
}

/// The same resolution in LaTeX: sections have labels, references and citations refer to them.
pub fn latex(bytes: usize) -> Text {
    convert(
        bytes,
        &Markup {
            before: "\\documentclass{article}\n\\usepackage{hyperref}\n\\begin{document}\n",
            after: "\\end{document}\n",
            heading: |name, id, out| _ = writeln!(out, "\\section{{{name} {id}}}\\label{{{name}-{id}}}\n"),
            clause: |label, words, out| _ = writeln!(out, "\\paragraph{{{label}}} {words}\n"),
            link: |words, id| format!("{words} (\\ref{{{id}}})"),
        },
    )
    .places(" a) (\\ref{", " a) (\\ref{")
}

struct Markup {
    before: &'static str,
    after: &'static str,
    heading: fn(&str, usize, &mut String),
    clause: fn(&str, &str, &mut String),
    link: fn(&str, &str) -> String,
}

struct Converted(String);

impl Converted {
    fn places(self, reference: &str, offered: &str) -> Text {
        // A word that each of these texts has in every third clause.
        Text::new(self.0, " that", Some((reference, reference.len() + 3)), Some(offered))
    }
}

/// Writes the resolution anew, a clause at a time, until there are `bytes` bytes. What it cites stands at the end, under
/// headings of its own.
fn convert(bytes: usize, markup: &Markup) -> Converted {
    let source = texts::resolution(bytes, NUMBER);
    let mut out = String::from(markup.before);
    // Of the sections, which are counted through, and of the last ones that recall and resolve.
    let (mut sections, mut recalling, mut resolves) = (0, (String::new(), 0), (String::new(), 0));
    let mut cited: Vec<(String, String)> = Vec::new();
    for line in source.lines() {
        if out.len() >= bytes {
            break;
        }
        let line = line.trim_start();
        if let Some(name) = line.strip_prefix('*').and_then(|line| line.strip_suffix('*')) {
            sections += 1;
            // Later annexes have other names for both; here each section has a number of its own.
            match (sections - 1) % 7 {
                0 => recalling = (name.to_owned(), sections),
                4 => resolves = (name.to_owned(), sections),
                _ => {}
            }
            (markup.heading)(&name.replace(' ', "-"), sections, &mut out);
        } else if let Some((label, words)) = line.split_once(' ').filter(|(label, _)| label.ends_with([')', '.'])) {
            let mut words = words.to_owned();
            if let Some(at) = words.find(", in line with ").map(|at| at + ", in line with ".len()) {
                let end = words[at..].find([',', ';', ':']).map_or(words.len(), |end| at + end);
                // The year stands behind a comma.
                let end = words[end..].find(" of this").map_or(end, |further| end + further);
                let name = words[at..end].to_owned();
                let number: String = name.chars().filter(char::is_ascii_digit).take(6).collect();
                let id = format!("source-{number}");
                words.replace_range(at..end, &(markup.link)(&name, &id));
                if cited.iter().all(|(known, _)| *known != number) {
                    cited.push((number, name));
                }
            }
            for (label, (name, number)) in [("a)", &recalling), ("1", &resolves)] {
                let id = format!("{}-{number}", name.replace(' ', "-"));
                let link = (markup.link)(&format!("{name} {label}"), &id);
                words = words.replace(&format!("*{name}* {label} above"), &link);
            }
            (markup.clause)(label, &words, &mut out);
        } else if !line.is_empty() {
            let _ = writeln!(out, "{}\n", line.trim_start_matches('#').trim());
        }
    }
    out.push('\n');
    for (number, _) in cited {
        if let Ok(number) = number.parse() {
            (markup.heading)("source", number, &mut out);
        }
    }
    out.push_str(markup.after);
    Converted(out)
}

/// A Python module: functions that call one another about as often as the resolution refers and cites, with an unused
/// import or name now and then.
pub fn python(bytes: usize) -> Text {
    let mut out = String::from("\"\"\"Shares of networks, region by region.\"\"\"\n\nimport json\nimport os\n\n\n");
    for index in 0.. {
        if out.len() >= bytes {
            break;
        }
        let (before, earlier) = (usize::saturating_sub(index, 1), index / 2);
        let _ = write!(
            out,
            "def share_{index}(region, years=2, *, rate=None):\n    \"\"\"The share of networks number {index} in a region, \
             with what it costs to connect it.\n\n    Figures for each region and a proposal for what is to follow.\n    \
             \"\"\"\n    # what is shared between those who run such services and those who use them\n    total = \
             {}\n    for year in range(years):\n        if rate is None:\n            rate = len(json.dumps(region)) + \
             year\n        total += rate * {index} - {}\n    costs = {{\"region\": region, \"total\": total, \"years\": \
             years}}\n",
            if index == 0 { "0".to_owned() } else { format!("share_{before}(region)") },
            if index == 0 { "1".to_owned() } else { format!("share_{earlier}(region, years - 1)") },
        );
        if index % 14 == 13 {
            out.push_str("    unused = costs\n");
        }
        out.push_str("    return total if costs[\"years\"] else 0\n\n\n");
    }
    Text::new(out, "    # what", Some(("= share_", 3)), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_are_as_large_as_asked_for_and_refer_as_often() {
        for bytes in [20_000, 100_000] {
            let all = [
                (resolution(bytes), " above"),
                (markdown(bytes), "](#re"),
                (latex(bytes), "\\ref{re"),
                (python(bytes), "share_"),
            ];
            for (text, reference) in all {
                let length = text.text.len();
                assert!((bytes..bytes + bytes / 10).contains(&length), "{length} bytes instead of {bytes}");
                let often = text.text.matches(reference).count();
                assert!(often * 1_200 > bytes, "{often} times {reference:?} in {bytes} bytes");
                assert!(text.word > bytes / 4 && text.reference.is_some_and(|at| at > bytes / 4));
            }
        }
    }
}
