//! Counting what passed, failed and was skipped.

use std::fmt;

/// What came of some tests.
#[derive(Debug, Default)]
pub struct Count {
    passed: usize,
    failures: Vec<String>,
    skips: Vec<String>,
}

impl Count {
    /// One more that passed.
    pub fn pass(&mut self) {
        self.passed += 1;
    }

    /// One more that failed, said at once.
    pub fn fail(&mut self, name: &str, why: &str) {
        eprintln!("  failed: {name}: {why}");
        self.failures.push(name.to_owned());
    }

    /// One more that could not run, said at once.
    pub fn skip(&mut self, name: &str, why: &str) {
        let line = format!("{name}: {why}");
        eprintln!("  skipped: {line}");
        self.skips.push(line);
    }

    /// Whether any failed.
    pub fn failed(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Whether nothing was counted at all, which is no success.
    pub fn is_empty(&self) -> bool {
        self.passed == 0 && self.failures.is_empty() && self.skips.is_empty()
    }

    /// Adds what `other` counted.
    pub fn add(&mut self, other: Count) {
        self.passed += other.passed;
        self.failures.extend(other.failures);
        self.skips.extend(other.skips);
    }

    /// Prints what failed and what was skipped by name, and the counts alone on the last line.
    pub fn report(&self) {
        println!();
        for line in &self.skips {
            println!("skipped: {line}");
        }
        for line in &self.failures {
            println!("failed: {line}");
        }
        println!("{self}");
    }

    /// Reads one line of what `tree-sitter test` prints.
    pub fn corpus_line(&mut self, line: &str) {
        let mark = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
        if let Some(name) = mark.strip_prefix('✓') {
            if !name.trim().is_empty() {
                self.pass();
            }
        } else if let Some(name) = mark.strip_prefix('✗') {
            self.fail(&format!("grammar: {}", name.trim()), "the tree is another");
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed, {} skipped", self.passed, self.failures.len(), self.skips.len())
    }
}

/// Reads, line by line, what `cargo test -- --show-output` prints.
#[derive(Debug, Default)]
pub struct LibtestReader {
    /// The crate or file whose tests run now.
    program: String,
    /// Whether the lines now are the output of failed tests, which a reader wants to see.
    in_failures: bool,
}

impl LibtestReader {
    /// Reads one line: a result is counted, what explains a failure is shown.
    pub fn line(&mut self, line: &str, count: &mut Count) {
        let text = line.trim();
        if let Some(program) = text.strip_prefix("Running ").or_else(|| text.strip_prefix("Doc-tests ")) {
            self.program = program.split(" (").next().unwrap_or(program).to_owned();
            self.in_failures = false;
        } else if let Some(skipped) = line.strip_prefix("skipped: ") {
            let (name, why) = skipped.split_once(": ").unwrap_or((skipped, "no reason given"));
            // The test returned early, so it was counted as passed.
            count.passed = count.passed.saturating_sub(1);
            count.skip(name, why);
        } else if let Some(test) = text.strip_prefix("test ") {
            self.result(test, count);
        } else if text == "failures:" {
            self.in_failures = true;
        } else if text == "successes:" || text.starts_with("test result:") {
            self.in_failures = false;
        } else if self.in_failures || text.starts_with("error") {
            eprintln!("  │ {line}");
        }
    }

    fn result(&self, test: &str, count: &mut Count) {
        let Some((name, result)) = test.rsplit_once(" ... ") else { return };
        let name = format!("{}: {name}", self.program);
        if result == "ok" {
            count.pass();
        } else if result.starts_with("FAILED") {
            count.fail(&name, "see below");
        } else if let Some(why) = result.strip_prefix("ignored") {
            count.skip(&name, why.trim_start_matches([',', ' ']));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "\
     Running tests/editors.rs (target/debug/deps/editors-0a1b)

running 4 tests
test neovim_shows_findings ... ok
test vscode_shows_findings ... ok
test slow ... ignored, takes an hour
test hover ... FAILED

successes:

---- vscode_shows_findings stdout ----
skipped: vscode_shows_findings: not root: install the packages chromium
  skipped: this line is only quoted

failures:

---- hover stdout ----
nothing was shown

test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn a_test_that_says_it_was_skipped_is_not_counted_as_passed() {
        let (mut count, mut reader) = (Count::default(), LibtestReader::default());
        PRINTED.lines().for_each(|line| reader.line(line, &mut count));
        assert_eq!(count.to_string(), "1 passed, 1 failed, 2 skipped");
        assert_eq!(count.failures, ["tests/editors.rs: hover"]);
        assert_eq!(
            count.skips,
            ["tests/editors.rs: slow: takes an hour", "vscode_shows_findings: not root: install the packages chromium"]
        );
    }
}
