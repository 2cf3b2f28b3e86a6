//! What an editor's status bar says of a text: whose habits it is judged by, and what was found.

use crate::citation::body_name;
use crate::profile::Profile;
use crate::rules::Severity;
use crate::syntax::{LabelText, Language, Paragraph, ResolutionIndex};
use crate::workspace::{File, FileId, Snapshot};

/// What is known of a text at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The profile that it is judged by, of its first resolution that has one.
    pub profile: Option<&'static str>,
    /// The name of that profile for people: “ITU conferences and assemblies”.
    pub profile_name: Option<&'static str>,
    /// Who says so.
    pub profile_from: ProfileFrom,
    /// The same in a sentence, with what to do where nothing says so.
    pub reason: String,
    /// The language of the text; `None` where it has no letters.
    pub language: Option<Language>,
    /// Whether it has tracked changes.
    pub changes: bool,
    /// How much was found.
    pub findings: Counts,
    /// Whether the workspace is still being read, so that more may be found.
    pub reading: bool,
}

/// Who says which profile it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileFrom {
    /// The metadata of the text.
    Text,
    /// `resmark.json`.
    Configuration,
    /// The organ that acts.
    Organ,
    /// Nobody: only what all houses hold is checked.
    Nobody,
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Certainly wrong.
    pub error: usize,
    /// Probably wrong.
    pub warning: usize,
    /// Something to look at.
    pub information: usize,
    /// Something to know.
    pub hint: usize,
}

/// The status of a file; `None` for one that is not there.
pub fn status(snapshot: &Snapshot, file: FileId) -> Option<Status> {
    let file = snapshot.file(file)?;
    let facts = file.facts();
    let (profile, profile_from, reason) = profile(snapshot, file);
    let mut findings = Counts::default();
    for finding in snapshot.findings(file.id) {
        *match finding.severity {
            Severity::Error => &mut findings.error,
            Severity::Warning => &mut findings.warning,
            Severity::Information => &mut findings.information,
            Severity::Hint => &mut findings.hint,
        } += 1;
    }
    let language = facts.identities.iter().find_map(|identity| identity.language);
    let is_tracked =
        |paragraph: &Paragraph| paragraph.is_tracked() || paragraph.label.as_ref().is_some_and(LabelText::is_tracked);
    Some(Status {
        profile: profile.map(|profile| profile.id.as_str()),
        profile_name: profile.map(|profile| profile.name.as_str()),
        profile_from,
        reason,
        language: language.or_else(|| Language::guess(file.text())),
        changes: facts.document.paragraphs.iter().any(is_tracked),
        findings,
        reading: snapshot.is_reading(),
    })
}

fn profile(snapshot: &Snapshot, file: &File) -> (Option<&'static Profile>, ProfileFrom, String) {
    let facts = file.facts();
    let input = snapshot.input(file);
    let resolutions = (0..facts.document.resolutions.len()).map(|index| ResolutionIndex(index as u32));
    let first = resolutions.into_iter().find_map(|index| Some((index, input.profile(index)?)));
    let Some((resolution, profile)) = first else {
        let reason = "Nothing says which house it is, so only what all houses hold is checked. Write “profile: itu” \
                      between two lines “---” at the top, or name the acting organ.";
        return (None, ProfileFrom::Nobody, reason.to_owned());
    };
    let named = |value: &str| Profile::named(value).is_some_and(|named| named.id == profile.id);
    let in_text = facts.document.metadata("profile").is_some_and(|entry| named(entry.value.trim()));
    if in_text {
        let reason = format!("The text says “profile: {}” at the top.", profile.id);
        return (Some(profile), ProfileFrom::Text, reason);
    }
    if snapshot.config(&file.location).profile.as_deref().is_some_and(named) {
        return (Some(profile), ProfileFrom::Configuration, "The folder's resmark.json says so.".to_owned());
    }
    let identity = facts.identities.iter().find(|identity| identity.resolution == resolution);
    let organ = identity.and_then(|identity| identity.body.as_deref()).and_then(|body| body_name(body, Language::En));
    let reason = match organ {
        Some(organ) => format!("The acting organ is the {organ}."),
        None => "The acting organ follows it.".to_owned(),
    };
    (Some(profile), ProfileFrom::Organ, reason)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    fn check(text: &str, expected: Expect) {
        let (snapshot, file, _) = workspace(text);
        let status = status(&snapshot, file).expect("it is there");
        let Counts { error, warning, information, hint } = status.findings;
        let shown = format!(
            "{:?} {:?}: {}\n{:?} changes: {} found: {error} {warning} {information} {hint}\n",
            status.profile, status.profile_from, status.reason, status.language, status.changes
        );
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_acting_organ_says_which_house_it_is() {
        check(
            "# Resolution 9001 (Bucharest, 2022)\n\nThe Plenipotentiary Conference of the International \
             Telecommunication Union (Bucharest, 2022),\n\n*recalling*\n\na) one;\nc) two;\n",
            expect![[r#"
                Some("itu") Organ: The acting organ is the Plenipotentiary Conference of the International Telecommunication Union.
                Some(En) changes: false found: 0 1 0 0
            "#]],
        );
    }

    #[test]
    fn the_text_says_so_itself() {
        check(
            "---\nprofile: MUN\n---\n\n1. *Decides* {++to go on++}.\n",
            expect![[r#"
            Some("mun") Text: The text says “profile: mun” at the top.
            Some(En) changes: true found: 0 0 0 1
        "#]],
        );
        // What is no profile says nothing.
        check(
            "---\nprofile: foo\n---\n\n通过决议。\n",
            expect![[r#"
            None Nobody: Nothing says which house it is, so only what all houses hold is checked. Write “profile: itu” between two lines “---” at the top, or name the acting organ.
            Some(Zh) changes: false found: 0 1 0 0
        "#]],
        );
    }

    #[test]
    fn a_label_alone_may_be_tracked() {
        check(
            "*resolves*\n\n{~~1~>2~~}. to go on.\n",
            expect![[r#"
            None Nobody: Nothing says which house it is, so only what all houses hold is checked. Write “profile: itu” between two lines “---” at the top, or name the acting organ.
            Some(En) changes: true found: 0 1 0 0
        "#]],
        );
    }
}
