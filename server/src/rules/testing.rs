//! What the tests of rules share.

use jiff::civil::date;

use super::{Finding, Input, Scope, check};
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::facts::Facts;
use crate::syntax::parse;

/// What a rule finds in a text, as of 1 January 2026 with the bundled catalogue and a workspace's configuration.
pub(super) fn findings_with(config: &Config, rule: &str, text: &str) -> Vec<Finding> {
    let facts = Facts::read(text, &parse(text));
    let catalogue = Catalogue::bundled();
    let config = config.of_file(&facts.document);
    let input = Input::new(text, &facts, &catalogue, date(2026, 1, 1), config);
    let findings = [Scope::Document, Scope::Catalogue].into_iter().flat_map(|scope| check(&input, scope));
    findings.filter(|finding| finding.rule == rule).collect()
}

/// What a rule finds in a text where nothing is configured.
pub(super) fn findings(rule: &str, text: &str) -> Vec<Finding> {
    findings_with(&Config::default(), rule, text)
}
