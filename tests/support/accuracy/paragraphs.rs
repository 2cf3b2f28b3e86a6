//! Paragraphs of many houses with what each cites: `tests/accuracy/paragraphs.md`.

use resmark::citation::{self, Wording};
use resmark::syntax::{lower, parse};

use super::expected::read_as;
use crate::root;

/// A paragraph of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// Its heading.
    pub name: String,
    /// The text.
    pub text: String,
    /// What it cites, in order.
    pub expected: Vec<String>,
}

/// The paragraphs of the page.
///
/// # Errors
/// Where the page cannot be read.
pub fn examples() -> std::io::Result<Vec<Example>> {
    let page = std::fs::read_to_string(root().join("tests/accuracy/paragraphs.md"))?;
    let mut examples: Vec<Example> = Vec::new();
    let mut fenced = false;
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("## ").filter(|_| !fenced) {
            examples.push(Example { name: name.to_owned(), ..Example::default() });
        }
        let Some(example) = examples.last_mut() else { continue };
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            example.text.push_str(line);
            example.text.push('\n');
        } else if let Some(id) = line.strip_prefix("- ").filter(|id| *id != "nothing") {
            example.expected.push(id.to_owned());
        }
    }
    Ok(examples)
}

impl Example {
    /// What is read in the text, in order; what is cited in short is left out.
    pub fn read(&self) -> Vec<String> {
        let citations = citation::read(&lower(&self.text, &parse(&self.text))).citations;
        let full = citations.iter().filter(|citation| !matches!(citation.wording, Wording::Short(_)));
        full.map(read_as).collect()
    }
}
