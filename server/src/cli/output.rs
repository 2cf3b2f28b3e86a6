//! Where things are written to, and in which colours.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

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

    /// Tells a person that something could not be done.
    pub fn error(&mut self, message: &str) {
        self.tell(BOLD_RED, "error", message);
    }

    /// Tells a person something worth knowing.
    pub fn note(&mut self, message: &str) {
        self.tell(BOLD, "note", message);
    }

    fn tell(&mut self, style: &str, kind: &str, message: &str) {
        // Without standard error there is nobody to tell.
        let _ = writeln!(self.stderr, "{style}{kind}:{RESET} {}", annotate_snippets::normalize_untrusted_str(message));
    }
}

pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const BOLD_RED: &str = "\u{1b}[1;31m";
pub(super) const RED: &str = "\u{1b}[31m";
pub(super) const GREEN: &str = "\u{1b}[32m";
pub(super) const CYAN: &str = "\u{1b}[36m";
pub(super) const YELLOW: &str = "\u{1b}[33m";
pub(super) const RESET: &str = "\u{1b}[0m";
