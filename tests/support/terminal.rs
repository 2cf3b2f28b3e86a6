//! A program in a terminal of its own, which a test types into and looks at: tmux holds the terminal, and what it shows
//! is read cell by cell.

use std::ffi::{OsStr, OsString};
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a test waits for what it expects on the screen.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it looks meanwhile.
const PAUSE: Duration = Duration::from_millis(40);

/// How wide and how high the terminal is, in cells: so that most lines of the examples stand on one.
const COLUMNS: NonZero<u16> = NonZero::new(160).expect("more than nothing");
const LINES: NonZero<u16> = NonZero::new(60).expect("more than nothing");

/// A terminal in which a program runs; both end when this is dropped.
pub struct Terminal {
    /// The program tmux.
    tmux: OsString,
    /// The name of the tmux server that has this terminal alone.
    server: String,
}

impl Terminal {
    /// Starts `program` in a terminal of its own, in `folder`, with `environment` on top of this process's.
    ///
    /// # Panics
    /// When tmux cannot be started.
    pub fn start(tmux: &OsStr, program: &[&OsStr], folder: &Path, environment: &[(&str, &OsStr)]) -> Terminal {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let terminal = Terminal { tmux: tmux.to_owned(), server: format!("resmark-{}-{number}", std::process::id()) };
        let mut command = terminal.command();
        command.args(["-f", "/dev/null", "new-session", "-d"]);
        command.args(["-x", &COLUMNS.to_string(), "-y", &LINES.to_string(), "-c"]).arg(folder).args(["env", "--"]);
        for (name, value) in environment {
            let mut pair = OsString::from(format!("{name}="));
            pair.push(value);
            command.arg(pair);
        }
        command.args(program).env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8");
        expect(command.output());
        terminal
    }

    /// Presses keys, by the names that tmux has for them: `Enter`, `C-x`, `a`.
    ///
    /// # Panics
    /// When the program has ended.
    pub fn press(&self, keys: &[&str]) {
        expect(self.command().args(["send-keys", "--"]).args(keys).output());
    }

    /// Types `text` as it is.
    ///
    /// # Panics
    /// When the program has ended.
    pub fn type_text(&self, text: &str) {
        // To tmux a semicolon at the end of a word ends the command.
        let text = text.strip_suffix(';').map_or_else(|| text.to_owned(), |rest| format!("{rest}\\;"));
        expect(self.command().args(["send-keys", "-l", "--", &text]).output());
    }

    /// What is on the screen now.
    ///
    /// # Panics
    /// When the program has ended.
    pub fn screen(&self) -> Screen {
        let shown = expect(self.command().args(["capture-pane", "-e", "-p"]).output()).stdout;
        let mut parser = vt100::Parser::new(LINES, COLUMNS, 0);
        // The lines end as those of a file; a terminal has to be told to return to the first column.
        for (index, line) in shown.split(|byte| *byte == b'\n').take(usize::from(LINES.get())).enumerate() {
            if index > 0 {
                parser.process(b"\r\n");
            }
            parser.process(line);
        }
        Screen {
            lines: parser.screen().rows(0, COLUMNS.get()).map(|line| line.trim_end().to_owned()).collect(),
            cells: parser.screen().clone(),
        }
    }

    /// Waits until the screen is as wanted and returns it. `wanted` says what that is, for whom it did not become so.
    ///
    /// # Panics
    /// When it does not become so; the message shows the screen.
    pub fn wait(&self, wanted: &str, is_so: impl Fn(&Screen) -> bool) -> Screen {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if is_so(&screen) {
                return screen;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain: {wanted}. The screen:\n{}", screen.text());
            sleep(PAUSE);
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.tmux);
        command.args(["-L", &self.server]);
        command
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It is gone already where the program has ended.
        let _ = self.command().arg("kill-server").output();
    }
}

fn expect(output: std::io::Result<Output>) -> Output {
    let output = output.expect("tmux can be started");
    assert!(output.status.success(), "tmux: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// What a terminal shows.
pub struct Screen {
    /// The characters of each line, without the blanks at its end.
    pub lines: Vec<String>,
    cells: vt100::Screen,
}

/// How a cell looks: its colours and whether it is emphasised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The colour of the character.
    pub colour: vt100::Color,
    /// The colour behind it.
    pub background: vt100::Color,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

impl Screen {
    /// All that can be read, a line a line.
    pub fn text(&self) -> String {
        self.lines.join("\n").trim_end().to_owned()
    }

    /// Whether `words` can be read somewhere, in one line.
    pub fn has(&self, words: &str) -> bool {
        self.lines.iter().any(|line| line.contains(words))
    }

    /// How the first character of `words` looks, in the first line where `before` and then they can be read.
    ///
    /// # Panics
    /// When they cannot; the message shows the screen.
    pub fn look(&self, before: &str, words: &str) -> Look {
        let found = self.lines.iter().enumerate().find_map(|(row, line)| {
            let behind = line.find(before)? + before.len();
            Some((row, behind + line.get(behind..)?.find(words)?))
        });
        let Some((row, byte)) = found else { panic!("“{before}{words}” is not on the screen:\n{}", self.text()) };
        // A wide character takes two cells, of which the second is empty.
        let mut at = 0;
        for column in 0..COLUMNS.get() {
            let Some(cell) = self.cells.cell(row as u16, column) else { break };
            if at == byte && !cell.is_wide_continuation() {
                return Look {
                    colour: cell.fgcolor(),
                    background: cell.bgcolor(),
                    bold: cell.bold(),
                    italic: cell.italic(),
                };
            }
            at += if cell.is_wide_continuation() { 0 } else { cell.contents().len().max(1) };
        }
        panic!("“{words}” has no cell");
    }
}
