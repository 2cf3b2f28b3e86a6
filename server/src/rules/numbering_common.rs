//! What the findings on numbering share.

use super::{Finding, Fix, Input, Place, Remedy, Severity};
use crate::numbering::{Problem, ProblemKind};
use crate::syntax::{TextRange, TextSize};

/// Appends a finding for each problem of one kind.
pub(super) fn report(
    input: &Input<'_>,
    (rule, severity, kind): (&'static str, Severity, ProblemKind),
    message: impl Fn(&Problem) -> String,
    related: &str,
    out: &mut Vec<Finding>,
) {
    let document = &input.facts.document;
    let mut problems = input.facts.numbering.iter().filter(|problem| problem.kind == kind).peekable();
    if problems.peek().is_none() {
        return;
    }
    for problem in problems {
        // That the labels of two texts stand in one explains whatever is wrong with them.
        if input.flattened().iter().any(|list| list.clauses.contains(&problem.paragraph)) {
            continue;
        }
        let range = document.paragraph(problem.paragraph).label_range();
        let mut words = message(problem);
        if let Some(side) = problem.side {
            // A text with tracked changes has two readings; which of them is wrong is part of what is wrong.
            words = format!("In the text {}: {}", side.name(), words);
        }
        let mut finding = Finding::new(rule, severity, range, words);
        if let Some(other) = problem.related {
            finding = finding.related(Place::Here(document.paragraph(other).label_range()), related);
        }
        if problem.renumbers {
            finding.fixes.push(renumber_list(range.start()));
        }
        out.push(finding);
    }
}

/// The fix that counts the clauses of a list anew.
pub(super) fn renumber_list(at: TextSize) -> Fix {
    Fix {
        title: "Renumber this list and the references to it".to_owned(),
        remedy: Remedy::Renumber(at),
        certain: false,
    }
}

impl crate::syntax::Paragraph {
    /// What to underline where its label is wrong.
    pub(super) fn label_range(&self) -> TextRange {
        self.label.as_ref().map_or(self.range, |label| label.range)
    }
}
