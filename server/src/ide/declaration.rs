//! Go to declaration: from a citation to where the resolution was first adopted, from a reference to the label of its
//! clause.

use super::definition::{Destination, Target, definition, of_label};
use super::target::{Thing, language_at, resolutions_at, thing_at};
use super::type_definition::{Which, chain, places};
use super::types::versions;
use crate::reference::Owner;
use crate::syntax::TextSize;
use crate::workspace::{FileId, Snapshot};

/// Where what stands at `offset` has its name from.
///
/// A citation and a title lead to the first version of the resolution that is known, as its text in the workspace or, with
/// `pages`, as the catalogue's page; without, to the first version that the workspace has. A reference, also one to a
/// clause of another text, leads to the label of the clause; everything else where its definition is.
pub fn declaration(snapshot: &Snapshot, file: FileId, offset: TextSize, pages: bool) -> Vec<Target> {
    let targets = definition(snapshot, file, offset);
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let pinpoint = match thing_at(file.facts(), offset) {
        Some(Thing::Reference(reference)) => reference.owner != Owner::This,
        _ => false,
    };
    let to_clause = |target: &Target| match &target.destination {
        Destination::File { file, selection, .. } => {
            let file = snapshot.file(*file)?;
            let clause = file.facts().document.paragraph_at(selection.start())?;
            let paragraph = file.facts().document.paragraph(clause);
            let label = paragraph.label.as_ref().filter(|_| paragraph.range.contains_range(*selection));
            label.map(|_| Target { origin: target.origin, destination: of_label(file, clause) })
        }
        Destination::Page { .. } => None,
    };
    let labels: Vec<Target> = targets.iter().filter_map(to_clause).collect();
    if !labels.is_empty() {
        return labels;
    }
    let named = resolutions_at(file, offset);
    // A pinpoint of which the clause is not known leads to what it is of, as its definition does.
    if named.is_empty() || pinpoint {
        return targets;
    }
    let language = language_at(file.facts(), offset);
    let opens = |destination: &Destination| pages || matches!(destination, Destination::File { .. });
    let first = named.iter().filter_map(|named| {
        let all = match versions(snapshot, named.id).is_empty() {
            // What is adopted once is itself the first.
            true => places(snapshot, named.id, Which::Any, language),
            false => chain(snapshot, named.id, language),
        };
        let destination = all.into_iter().find(opens)?;
        Some(Target { origin: named.origin, destination })
    });
    first.collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::{shown, workspace};

    fn check(fixture: &str, pages: bool, expected: Expect) {
        let (snapshot, file, offset) = workspace(fixture);
        expected.assert_eq(&shown(&snapshot, file, declaration(&snapshot, file, offset, pages)));
    }

    const PP: &str = "The Plenipotentiary Conference of the International Telecommunication Union";

    #[test]
    fn a_citation_leads_to_the_first_version() {
        let fixture = format!(
            "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Bucharest, 2022) of the Plenipotentiary \
             Conference,\n//- b.resmark\n# Resolution 140 (Rev. Busan, 2014)\n\n{PP} (Busan, 2014),\n\n*resolves*\n\n\
             1. to go on.\n//- c.resmark\n# Resolution 140 (Rev. Bucharest, 2022)\n\n{PP} (Bucharest, 2022),\n\n\
             *resolves*\n\n1. to go on.\n"
        );
        check(
            &fixture,
            true,
            expect![[r#"
            Resolution 140 (Rev. Bucharest, 2022) → page PP-140@2006
        "#]],
        );
        // Without pages, the first that can be opened.
        check(
            &fixture,
            false,
            expect![[r#"
            Resolution 140 (Rev. Bucharest, 2022) → b.resmark: # Resolution 140 (Rev. Busan, 2014)
        "#]],
        );
        let title = fixture.replace("$0", "").replace("# Resolution 140 (Rev. Buch", "# Reso$0lution 140 (Rev. Buch");
        check(
            &title,
            false,
            expect![[r#"
            # Resolution 140 (Rev. Bucharest, 2022) → b.resmark: # Resolution 140 (Rev. Busan, 2014)
        "#]],
        );
    }

    #[test]
    fn what_is_adopted_once_is_its_own_first_version() {
        check(
            "*recalling*\n\na) General Assembly resolution 78/1$032,\n",
            true,
            expect![[r#"
            resolution 78/132 → page UNGA-78/132
        "#]],
        );
        check("*recalling*\n\na) General Assembly resolution 78/1$032,\n", false, expect![[r#""#]]);
    }

    #[test]
    fn a_reference_leads_to_the_label() {
        check(
            "*recalling*\n\na) one;\nb) two,\n\n*resolves*\n\n1. to act on *recalling* $0b) above.\n",
            true,
            expect![[r#"
                b) → main.resmark: b)
            "#]],
        );
        let fixture = format!(
            "//- a.resmark\n*recalling*\n\na) *res$0olves* 2 of Resolution 140 (Rev. Bucharest, 2022) of the \
             Plenipotentiary Conference,\n//- b.resmark\n# Resolution 140 (Rev. Bucharest, 2022)\n\n{PP} (Bucharest, \
             2022),\n\n*resolves*\n\n1. to go on;\n2. to report.\n"
        );
        check(
            &fixture,
            true,
            expect![[r#"
            *resolves* 2 → b.resmark: 2.
        "#]],
        );
    }

    #[test]
    fn a_footnote_mark_leads_to_the_footnote() {
        check(
            "a) the plan[^1$0];\n\n[^1]: Adopted in 2003.\n",
            true,
            expect![[r#"
            [^1] → main.resmark: [^1]: Adopted in 2003.
        "#]],
        );
    }

    #[test]
    fn other_words_lead_nowhere() {
        check("*recalling*\n\na) the wo$0rds,\n", true, expect![[r#""#]]);
        check("*recal$0ling*\n\na) the words,\n", true, expect![[r#""#]]);
    }
}
