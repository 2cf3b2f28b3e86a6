//! Helix in a terminal: what a drafter sees of the examples and does with them.

use std::path::Path;
use std::process::Command;

use resmark_tests::terminal::{Screen, Terminal};
use resmark_tests::{binary, root, skip};

use super::{equipment, examples};

/// A theme that has a colour for each thing that a resolution is made of, and colours in full.
const CONFIGURATION: &str =
    "theme = \"dark_plus\"\n[editor]\ntrue-color = true\n[editor.lsp]\ndisplay-inlay-hints = true\n";

/// Helix with the configuration of `editors/helix` and nothing of the user's.
struct Helix {
    terminal: Terminal,
    _home: tempfile::TempDir,
    _workspace: tempfile::TempDir,
}

/// All that Helix is asked in this test.
pub fn walk() {
    const NAME: &str = "Helix";
    let wanted = ["RESMARK_TMUX", "RESMARK_HELIX", "RESMARK_HELIX_RUNTIME"].map(equipment);
    let [tmux, program, runtime] = match wanted {
        [Ok(tmux), Ok(program), Ok(runtime)] => [tmux, program, runtime],
        [Err(why), ..] | [_, Err(why), _] | [.., Err(why)] => return skip(NAME, &why),
    };
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    configure(home.path(), Path::new(&runtime));
    is_healthy(home.path(), &program);
    let helix = Helix::start(&tmux, &program, home, "start-here.resmark");
    helix.shows_the_examples();
    helix.looks_and_follows();
    helix.selects_clauses();
    helix.steps_in_behind_a_colon();
    helix.renames_a_clause();
    helix.renumbers();
    helix.completes_a_citation();
    helix.formats();
    helix.shows_tracked_changes();
}

/// What the README tells a drafter to do.
fn configure(home: &Path, runtime: &Path) {
    let folder = home.join("helix");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let languages = root().join("editors/helix/languages.toml");
    std::fs::copy(languages, folder.join("languages.toml")).expect("the languages can be copied");
    std::fs::write(folder.join("config.toml"), CONFIGURATION).expect("a file can be written");
    let copied = Command::new("cp").arg("-r").arg(runtime).arg(folder.join("runtime")).status();
    assert!(copied.is_ok_and(|status| status.success()), "the runtime folder cannot be copied");
}

/// `PATH` with the server in front.
fn path() -> std::ffi::OsString {
    let folder = binary().parent().expect("the server lies in a folder").to_owned();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&rest))).expect("a path")
}

fn is_healthy(home: &Path, program: &str) {
    let mut health = Command::new(program);
    health.args(["--health", "resmark"]).env("XDG_CONFIG_HOME", home).env("PATH", path());
    let output = health.env("XDG_CACHE_HOME", home.join("cache")).output().expect("Helix can be started");
    let printed = String::from_utf8_lossy(&output.stdout);
    for part in ["resmark", "Tree-sitter parser", "Highlight queries", "Textobject queries", "Indent queries"] {
        let line = printed.lines().find(|line| line.trim_start_matches(|c: char| !c.is_alphabetic()).contains(part));
        assert!(line.is_some_and(|line| line.contains('✓')), "{part} is not right in:\n{printed}");
    }
    assert!(!printed.contains('✘'), "{printed}");
}

impl Helix {
    fn start(tmux: &str, program: &str, home: tempfile::TempDir, file: &str) -> Helix {
        let workspace = examples();
        let (path, cache) = (path(), home.path().join("cache"));
        let environment = [
            ("XDG_CONFIG_HOME", home.path().as_os_str()),
            ("XDG_CACHE_HOME", cache.as_os_str()),
            ("COLORTERM", "truecolor".as_ref()),
            ("PATH", &path),
        ];
        let command = [program.as_ref(), file.as_ref()];
        let terminal = Terminal::start(tmux.as_ref(), &command, workspace.path(), &environment);
        Helix { terminal, _home: home, _workspace: workspace }
    }

    fn press(&self, keys: &[&str]) {
        self.terminal.press(keys);
    }

    fn wait(&self, wanted: &str, is_so: impl Fn(&Screen) -> bool) -> Screen {
        self.terminal.wait(wanted, is_so)
    }

    /// Waits until all of `words` can be read.
    fn see(&self, words: &[&str]) {
        self.wait(&words.join(" … "), |screen| words.iter().all(|words| screen.has(words)));
    }

    /// Escape, and waits until `is_so`: a key that follows at once would be taken for one with Alt.
    fn escape(&self, wanted: &str, is_so: impl Fn(&Screen) -> bool) {
        self.press(&["Escape"]);
        self.wait(wanted, |screen| mode(screen) == "NOR" && is_so(screen));
    }

    /// Types into the text, one character after another as a person does. Helix 25.01 may send changes that come at once
    /// in another order.
    fn type_words(&self, words: &str) {
        for character in words.chars() {
            let (line, column) = position(&self.terminal.screen());
            self.terminal.type_text(&character.to_string());
            self.wait(words, |screen| position(screen) == (line, column + 1));
        }
    }

    /// Back to Normal mode from Insert mode.
    fn end_typing(&self) {
        self.escape("Normal mode", |_| true);
    }

    /// Takes back what was done to the file, which is two steps where a completion was taken.
    fn undo(&self) {
        self.press(&["u", "u"]);
        self.wait("the file is as it was", |screen| !status(screen).contains("[+]"));
    }

    /// Goes to the first character that is not blank of a line, 1-based.
    fn go_to(&self, line: usize) {
        self.terminal.type_text(&format!(":{line}"));
        self.press(&["Enter", "g", "s"]);
        self.wait(&format!("line {line}"), |screen| position(screen).0 == line);
    }

    fn shows_the_examples(&self) {
        self.see(&["# Resolution 190 (Kigali, 2022)", "● 3"]);
        // Helix asks for hints when no key is pressed for a moment; at its first question the server may not be there yet.
        self.press(&["g", "g"]);
        let screen = self.wait("hints", |screen| screen.has("→ Rev. Bucharest, 2022"));
        let plain = screen.look("a) ", "that a valley");
        let heading = screen.look("", "recalling*");
        let label = screen.look("", "a) that a valley");
        let emphasis = screen.look("as stated in *", "recalling");
        assert!(heading.bold && heading.colour != plain.colour, "a section heading looks like plain text: {heading:?}");
        assert_ne!(label.colour, plain.colour, "a label looks like plain text");
        assert!(emphasis.italic && !heading.italic, "emphasis is italic, a heading is not");
        assert_ne!(screen.look("body: ", "WTDC").colour, plain.colour, "metadata looks like plain text");
        for line in ["14  a) Resolution 140", "23  c) that, as stated", "31  4. to invite"] {
            let marked = screen.lines.iter().any(|shown| shown.contains(line) && shown.starts_with('●'));
            assert!(marked, "no finding at {line:?}:\n{}", screen.text());
        }
        self.go_to(31);
        self.see(&["“3.” is missing before “4.”"]);
    }

    fn looks_and_follows(&self) {
        // A citation: hover, and its text in another file.
        self.go_to(16);
        self.press(&["f", "1", "Space", "k"]);
        self.see(&["WTDC-191@2022"]);
        self.escape("the preview is closed", |screen| !screen.has("WTDC-191@2022"));
        self.press(&["g", "d"]);
        self.wait("the text of Resolution 191", |screen| status(screen).contains("wtdc-191.resmark"));
        self.press(&["C-o"]);
        self.wait("back", |screen| status(screen).contains("start-here.resmark") && position(screen).0 == 16);
        // A reference: the clause, and from there all that name it.
        self.go_to(32);
        self.press(&["f", "4", "g", "d"]);
        self.wait("resolves 4", |screen| position(screen).0 == 31);
        self.go_to(32);
        self.press(&["g", "r"]);
        self.see(&["> start-here.resmark:32", "start-here.resmark:36"]);
        self.press(&["Down"]);
        self.see(&["> start-here.resmark:36"]);
        self.press(&["Enter"]);
        self.wait("the reference to resolves 5", |screen| position(screen).0 == 36);
        // The outline.
        self.press(&["Space", "s"]);
        self.see(&["> file", "instructs the Director of the Telecommu"]);
        self.terminal.type_text("villagers");
        self.see(&[" 1/", "> field     b) that villagers"]);
        self.press(&["Enter"]);
        self.wait("the clause that was chosen", |screen| position(screen).0 == 22);
    }

    fn selects_clauses(&self) {
        // Around a clause is all of it; the comment around it is a note to the other drafters.
        self.go_to(29);
        self.press(&["m", "a", "f", "C-c"]);
        self.see(&["{>> a) drawings of masts that can be carried on foot; <<}"]);
        self.undo();
        self.go_to(29);
        self.press(&["f", "d", "m", "i", "f", "c"]);
        self.wait("the words of the sub-clause gone", |screen| screen.lines.iter().any(|line| line.ends_with("  a)")));
        self.type_words("kites;");
        self.see(&["a) kites;"]);
        self.end_typing();
        self.undo();
        self.go_to(21);
        self.press(&["]", "t", "d"]);
        self.wait("the next section, and no more, is gone", |screen| {
            !screen.has("1. to encourage networks")
                && screen.has("c) that, as stated in")
                && screen.has("*instructs the Director")
        });
        self.undo();
    }

    fn steps_in_behind_a_colon(&self) {
        self.go_to(28);
        self.press(&["A", "Enter"]);
        self.wait("a sub-clause's place", |screen| position(screen) == (29, 4));
        self.end_typing();
        self.undo();
        self.go_to(27);
        self.press(&["A", "Enter"]);
        self.wait("a clause's place", |screen| position(screen) == (28, 1));
        self.end_typing();
        self.undo();
    }

    fn renames_a_clause(&self) {
        self.go_to(28);
        self.press(&["Space", "r"]);
        self.see(&["rename-to:2"]);
        self.press(&["C-u", "1", "Enter"]);
        self.see(&[
            "1. to collect, in one place",
            "2. to encourage networks",
            "1. to report to the next conference on *resolves* 1 b) and",
        ]);
        self.undo();
    }

    fn renumbers(&self) {
        self.go_to(31);
        self.press(&["Space", "a"]);
        self.see(&["Renumber this list and the references to it", "Renumber the whole document"]);
        self.press(&["Enter", "Enter"]);
        self.see(&[
            "3. to invite the operators",
            "4. to review progress on *resolves* 3 above",
            "1. to report to the next conference on *resolves* 2 b) and 4 above",
        ]);
        self.wait("the finding gone", |screen| !screen.has("is missing before"));
        self.undo();
    }

    fn completes_a_citation(&self) {
        self.go_to(16);
        self.press(&["o"]);
        self.wait("a new line", |screen| position(screen) == (17, 1));
        self.type_words("c) Resolution 17");
        self.see(&["Resolution 17 (Rev. Kigali, 2022) "]);
        self.press(&["C-n"]);
        self.see(&["17  c) Resolution 17 (Rev. Kigali, 2022)"]);
        self.press(&["Enter"]);
        self.escape("it was taken", |screen| {
            screen.has("17  c) Resolution 17 (Rev. Kigali, 2022)") && !screen.has("17 (Rev. Kigali, 2022)  ")
        });
        self.undo();
    }

    fn formats(&self) {
        self.go_to(27);
        self.press(&["f", ".", "a", "Space", "Space"]);
        self.see(&["1.   to encourage"]);
        self.end_typing();
        self.terminal.type_text(":format");
        self.press(&["Enter"]);
        self.see(&["1. to encourage"]);
        self.terminal.type_text(":write");
        self.press(&["Enter"]);
        self.wait("the file is written", |screen| !status(screen).contains("[+]"));
    }

    fn shows_tracked_changes(&self) {
        self.terminal.type_text(":open itu/wtdc-191-proposal.resmark");
        self.press(&["Enter"]);
        let screen = self.wait("the proposal in colours", |screen| {
            status(screen).contains("wtdc-191-proposal.resmark") && screen.has("{++") && screen.has("MOD ")
        });
        let plain = screen.look("", "The World Telecommunication");
        assert_ne!(screen.look("{++", "").colour, plain.colour, "an insertion looks like plain text");
        assert_ne!(screen.look("{~~", "").colour, screen.look("~>", "").colour, "old and new look alike");
        self.press(&["g", "g", "]", "e"]);
        let first = self.wait("the first change", |screen| position(screen).0 > 1);
        self.press(&["]", "e"]);
        self.wait("the next change", |screen| position(screen) > position(&first));
    }
}

/// The line with the mode and the name of the file.
fn status(screen: &Screen) -> &str {
    let modes = [" NOR ", " INS ", " SEL "];
    screen.lines.iter().rev().find(|line| modes.iter().any(|mode| line.starts_with(mode))).map_or("", String::as_str)
}

fn mode(screen: &Screen) -> &str {
    status(screen).split_whitespace().next().unwrap_or_default()
}

/// Where the cursor is: line and column, 1-based, in characters.
fn position(screen: &Screen) -> (usize, usize) {
    let shown = status(screen).split_whitespace().next_back().and_then(|last| last.split_once(':'));
    let number = |text: &str| text.parse().unwrap_or_default();
    shown.map_or((0, 0), |(line, column)| (number(line), number(column)))
}
