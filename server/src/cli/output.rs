//! Where things are written to, and in which colours.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::args::Color;

/// The columns of output that is no terminal.
const WIDTH: usize = 100;

/// Standard output and error. Nothing here panics when whoever reads it has gone.
pub(super) struct Output {
    stdout: AutoStream<io::Stdout>,
    stderr: AutoStream<io::Stderr>,
    /// The columns that there are.
    pub width: usize,
}

impl Output {
    pub fn new(color: Color) -> Output {
        let choice = match color {
            // Also looks at NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        let width = match terminal_size::terminal_size() {
            Some((terminal_size::Width(width), _)) if io::stdout().is_terminal() => usize::from(width).max(40),
            _ => WIDTH,
        };
        Output { stdout: AutoStream::new(io::stdout(), choice), stderr: AutoStream::new(io::stderr(), choice), width }
    }

    /// Writes text, which may have colours, to standard output.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        self.stdout.write_all(text.as_bytes())?;
        self.stdout.flush()
    }

    /// Writes text to standard output as it is, whatever it holds.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn print_raw(&mut self, text: &str) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()
    }

    /// Whether standard output shows colours.
    pub fn has_colours(&self) -> bool {
        !matches!(self.stdout.current_choice(), ColorChoice::Never)
    }

    /// Tells a person lines that need no heading.
    pub fn tell_all(&mut self, lines: &str) {
        for line in lines.lines() {
            // Without standard error there is nobody to tell.
            let _ = writeln!(self.stderr, "{}", annotate_snippets::normalize_untrusted_str(line));
        }
    }

    /// Tells a person that something could not be done.
    pub fn error(&mut self, message: &str) {
        self.tell(ERROR, "error", message);
    }

    /// Tells a person something worth knowing.
    pub fn note(&mut self, message: &str) {
        self.tell(BOLD, "note", message);
    }

    fn tell(&mut self, style: Style, kind: &str, message: &str) {
        let message = annotate_snippets::normalize_untrusted_str(message);
        // Without standard error there is nobody to tell.
        let _ = writeln!(self.stderr, "{style}{kind}:{style:#} {message}");
    }
}

/// The name of a file, a heading.
pub(super) const BOLD: Style = Style::new().bold();
/// What stops a command.
pub(super) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
/// What is wrong, what goes.
pub(super) const RED: Style = AnsiColor::Red.on_default();
/// What is right, what comes.
pub(super) const GREEN: Style = AnsiColor::Green.on_default();
/// What to look at.
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();
/// Where something is.
pub(super) const CYAN: Style = AnsiColor::Cyan.on_default();
