//! What each kind of example is checked for.

use resmark_tests::root;

use crate::page::{Block, Page};
use crate::place::Place;
use crate::sources;

/// What came of one example.
pub type Outcome = Result<(), Problem>;

/// Why an example did not pass.
pub enum Problem {
    /// It is not as the page says.
    Wrong(String),
    /// What it would be checked with is not on this machine.
    NotHere(String),
}

impl From<String> for Problem {
    fn from(why: String) -> Problem {
        Problem::Wrong(why)
    }
}

/// The day as of which citations in examples are judged.
const AS_OF: &str = "2026-06-01";

/// Runs the examples of a page in order. One outcome for each.
pub fn run(page: &Page) -> Vec<Outcome> {
    let place = Place::of(page);
    let mut changes = Vec::new();
    let mut outcomes = Vec::new();
    for block in &page.blocks {
        let mut shown = None;
        outcomes.push(check(page, block, &place, &mut shown));
        changes.extend(shown.map(|shown| (block.range.clone(), shown)));
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() && !changes.is_empty() {
        let mut updated = page.text.clone();
        // From the end, so that the places of the others stay what they are.
        for (range, shown) in changes.into_iter().rev() {
            updated.replace_range(range, &shown);
        }
        std::fs::write(&page.path, updated).unwrap();
    }
    outcomes
}

/// Checks one example. What a `console` example should show goes to `shown`, where it differs.
fn check(page: &Page, block: &Block, place: &Place, shown: &mut Option<String>) -> Outcome {
    if let Some(misread) = &block.misread {
        return Err(misread.clone().into());
    }
    if let Some(test) = block.says("checked-by") {
        let there = root().join(test).exists();
        return if there { Ok(()) } else { Err(format!("there is no {test} to check this").into()) };
    }
    if let Some(why) = block.says("not-run") {
        let may = matches!(&*block.language, "sh" | "console" | "vim") && why.split(' ').count() > 1;
        return if may { Ok(()) } else { Err(format!("“{why}” is no reason not to check this").into()) };
    }
    let file = block.file.as_deref();
    match (&*block.language, file) {
        ("resmark", _) if page.is_of_a_rule() && matches!(&*block.section, "Wrong" | "Right") => Ok(()),
        ("resmark", _) => match block.says("made-by") {
            Some(command) => made_by(block, place, command),
            None => resolution(block, place),
        },
        ("console", _) => console(block, place, shown),
        ("sh", _) => {
            let ran = place.shell(&format!("set -e\n{}", block.text), block.says("in").unwrap_or_default());
            could_run(&block.text, ran.code, &ran.printed)
        }
        ("json", _) => sources::json(page, block, place),
        ("lua", _) => sources::lua(block, place),
        ("yaml", _) => sources::yaml(block, place),
        ("toml", _) => sources::toml(block),
        ("text", Some(file)) => {
            place.write(file, &block.text);
            Ok(())
        }
        ("", _) => Err("nothing says what this example is: name its language behind the fence".to_owned().into()),
        (language, _) => Err(format!("nothing checks {language} here; see tests/docs.rs").into()),
    }
}

/// Exit codes 0 and 1 say that a command did what it is for.
pub fn could_run(command: &str, code: i32, printed: &str) -> Outcome {
    match code {
        0 | 1 => Ok(()),
        code => Err(format!("exit code {code} of\n{command}\n{printed}").into()),
    }
}

/// A text in the markup: what is found there is what the page says.
fn resolution(block: &Block, place: &Place) -> Outcome {
    let (text, marks) = without_carets(&block.text);
    let unnamed = format!("example-{}.resmark", block.line);
    let name = block.file.as_deref().unwrap_or(&unnamed);
    place.write(name, &text);
    let as_of = block.says("as-of").unwrap_or(AS_OF);
    let ran = place.resmark(&["check", name, "--format", "json", "--as-of", as_of]);
    if block.file.is_none() {
        // The next example is another resolution, not another version of this one.
        std::fs::remove_file(place.path(name)).unwrap();
    }
    let report: serde_json::Value =
        serde_json::from_str(&ran.printed).map_err(|error| format!("{error}: {}", ran.printed))?;
    let findings = report["findings"].as_array().ok_or("no list of findings".to_owned())?;
    let number = |finding: &serde_json::Value, key: &str| finding[key].as_u64().unwrap_or_default() as usize;
    let mut found: Vec<(Mark, &str)> = findings
        .iter()
        .map(|finding| {
            let mark = (number(finding, "line"), number(finding, "column"), number(finding, "endColumn"));
            (mark, finding["id"].as_str().unwrap_or_default())
        })
        .collect();
    found.sort();
    let list = || findings.iter().map(|it| format!("  {}:{} {} {}", it["line"], it["column"], it["id"], it["message"]));
    let says = |what: String| what + &list().collect::<Vec<_>>().join("\n");

    let mut ids: Vec<&str> = found.iter().map(|(_, id)| *id).collect();
    ids.sort_unstable();
    let mut named: Vec<&str> = block.says("findings").unwrap_or_default().split_whitespace().collect();
    named.sort_unstable();
    if (!named.is_empty() || marks.is_empty()) && ids != named {
        return Err(says(format!("the page names {named:?}; found is\n")).into());
    }
    let places: Vec<Mark> = found.iter().map(|(mark, _)| *mark).collect();
    if !marks.is_empty() && places != marks {
        return Err(says(format!("carets stand below {marks:?}; found is\n")).into());
    }
    Ok(())
}

/// A line, the column of its first marked character and the one behind the last, each counted from 1, in characters.
type Mark = (usize, usize, usize);

/// The text without the lines of carets, and what these underline. Carets count columns as a terminal does, where a
/// Chinese character is two wide.
fn without_carets(text: &str) -> (String, Vec<Mark>) {
    let mut lines: Vec<&str> = Vec::new();
    let mut marks = Vec::new();
    for line in text.lines() {
        let is_marks = line.contains('^') && line.chars().all(|c| matches!(c, '^' | ' '));
        let Some(above) = lines.last().filter(|_| is_marks) else {
            lines.push(line);
            continue;
        };
        let column = |cells: usize| {
            let mut seen = 0;
            1 + above
                .chars()
                .take_while(|c| {
                    let before = seen < cells;
                    seen += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
                    before
                })
                .count()
        };
        let mut at = 0;
        for part in line.split_inclusive(' ') {
            let carets = part.trim_end().len();
            if carets > 0 {
                marks.push((lines.len(), column(at), column(at + carets)));
            }
            at += part.len();
        }
    }
    (lines.join("\n") + "\n", marks)
}

/// A text that a command makes.
fn made_by(block: &Block, place: &Place, command: &str) -> Outcome {
    let args: Vec<&str> = command.split_whitespace().collect();
    let output = std::process::Command::new(resmark_tests::binary())
        .args(&args)
        .current_dir(place.path(""))
        .output()
        .map_err(|error| error.to_string())?;
    let mut made = String::from_utf8_lossy(&output.stdout).into_owned();
    if made.is_empty() {
        made = args.last().and_then(|file| std::fs::read_to_string(place.path(file)).ok()).unwrap_or_default();
    }
    same(&block.text, &made, &format!("resmark {command}"))
}

/// What a terminal shows.
fn console(block: &Block, place: &Place, shown: &mut Option<String>) -> Outcome {
    let commands: Vec<&str> = block.text.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    if commands.is_empty() {
        return Err("no line begins with “$ ”".to_owned().into());
    }
    // One shell for the example, so that `echo $?` works; the line itself is printed without touching `$?`.
    let script: String = commands
        .iter()
        .map(|command| {
            format!("cat <<'END_OF_LINE' && (exit $status)\n$ {command}\nEND_OF_LINE\n{command}\nstatus=$?\n")
        })
        .collect();
    let printed = place.shell(&format!("status=0\n{script}"), block.says("in").unwrap_or_default()).printed;
    let (expected, actual): (Vec<&str>, Vec<&str>) = (block.text.lines().collect(), printed.lines().collect());
    if matches(&expected, &actual) {
        return Ok(());
    }
    *shown = Some(printed.clone());
    same(&block.text, &printed, "the commands")
}

/// Whether the lines are the same, where `…` stands for any number of lines.
fn matches(expected: &[&str], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((&"…", rest)) => (0..=actual.len()).any(|skipped| matches(rest, &actual[skipped..])),
        Some((line, rest)) => {
            actual.split_first().is_some_and(|(other, others)| line == other && matches(rest, others))
        }
    }
}

fn same(page: &str, made: &str, by: &str) -> Outcome {
    if page == made {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(page, made);
    Err(format!("the page (-) is not what {by} print (+):\n{}", diff.unified_diff()).into())
}
