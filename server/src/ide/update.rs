//! Every citation of a document that is out of date, brought to what is in force today.

use std::collections::BTreeMap;

use crate::rules::{self, Update};
use crate::syntax::{TextEdit, TextSize};
use crate::workspace::{FileId, Snapshot};

/// What updating the citations of a document comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Updates {
    /// The citations that are out of date, those that are left as they are included, in text order.
    pub all: Vec<Update>,
    /// The edits of all that are not left, in text order, none overlapping.
    pub edits: Vec<TextEdit>,
}

impl Updates {
    /// Those that are made.
    pub fn made(&self) -> impl Iterator<Item = &Update> {
        self.all.iter().filter(|update| update.outcome.is_ok())
    }

    /// Those that are left as they are.
    pub fn left(&self) -> impl Iterator<Item = &Update> {
        self.all.iter().filter(|update| update.outcome.is_err())
    }
}

/// One edit for each citation that is updated, from the first place that changes to the last, for a person who takes or
/// leaves it as a whole; several where those of another citation stand between. In the order of [`Updates::made`].
pub fn as_wholes(text: &str, updates: &Updates) -> Vec<Vec<TextEdit>> {
    let whole = |own: &[TextEdit]| {
        let range = own.iter().map(|edit| edit.range).reduce(|one, other| one.cover(other))?;
        let start = range.start();
        let inside: Vec<TextEdit> =
            own.iter().map(|edit| TextEdit::replace(edit.range - start, edit.text.clone())).collect();
        let within = |edit: &&TextEdit| range.intersect(edit.range).is_some() && !own.contains(edit);
        // Edits are in text order: those that may stand between are few and near.
        let from = updates.edits.partition_point(|edit| edit.range.end() < start);
        let near = updates.edits.get(from..)?.iter().take_while(|edit| edit.range.start() <= range.end());
        if near.clone().any(|edit| within(&edit)) {
            return None;
        }
        let new = TextEdit::apply_all(text.get(std::ops::Range::<usize>::from(range))?, &inside)?;
        Some(TextEdit::replace(range, new))
    };
    let own = updates.made().map(|update| update.outcome.as_deref().unwrap_or_default());
    own.map(|own| whole(own).map_or_else(|| own.to_vec(), |edit| vec![edit])).collect()
}

/// Brings the citations of a document that are out of date as of today to what is in force, with their pinpoints: in the
/// text, or as tracked changes where changes are tracked. Pinned citations, history, and what belongs to a series stay.
pub fn update(snapshot: &Snapshot, file: FileId) -> Updates {
    let Some(file) = snapshot.file(file) else { return Updates::default() };
    let mut all = rules::updates(&snapshot.input(file));
    let mut taken: BTreeMap<(TextSize, TextSize), TextEdit> = BTreeMap::new();
    for update in &mut all {
        let Ok(own) = &update.outcome else { continue };
        let key = |edit: &TextEdit| (edit.range.start(), edit.range.end());
        let fits = |edit: &TextEdit| {
            // A pinpoint may belong to two citations, which then agree about it.
            let before = taken.range(..=key(edit)).next_back().map(|(_, other)| other);
            let behind = taken.range(key(edit)..).next().map(|(_, other)| other);
            let apart = |other: &TextEdit| {
                other.range.end() <= edit.range.start() || edit.range.end() <= other.range.start() || other == edit
            };
            before.into_iter().chain(behind).all(apart)
        };
        if own.iter().all(fits) {
            taken.extend(own.iter().map(|edit| (key(edit), edit.clone())));
        } else {
            update.outcome = Err("its pinpoint belongs to another citation as well".to_owned());
        }
    }
    let edits: Vec<TextEdit> = taken.into_values().collect();
    if TextEdit::apply_all(file.text(), &edits).is_none() {
        return Updates::default();
    }
    Updates { all, edits }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::{Side, lower, parse};
    use crate::workspace::{Location, Workspace};

    const OLD: &str = "# Resolution 301 (Dubai, 2018)\n\nThe Plenipotentiary Conference of the International \
        Telecommunication Union (Dubai, 2018),\n\n*resolves*\n\n1. to inspect all the bridges every year;\n2. to publish what was found on them;\n3. to count the boats.\n";
    const NEW: &str = "# Resolution 301 (Rev. Bucharest, 2022)\n\nThe Plenipotentiary Conference of the International \
        Telecommunication Union (Bucharest, 2022),\n\n*resolves*\n\n1. to build new bridges;\n2. to inspect all the bridges every year;\n3. to publish what was found on them.\n";

    fn workspace() -> Workspace {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        for (name, text) in [("untitled:old", OLD), ("untitled:new", NEW)] {
            workspace.load_text(Location::Uri(name.into()), text).expect("a short text");
        }
        workspace
    }

    fn updated(text: &str) -> (Updates, String) {
        let mut workspace = workspace();
        let file = workspace.open(Location::Uri("untitled:a".into()), 1, text).expect("a short text");
        let updates = update(&workspace.snapshot(), file);
        let after = TextEdit::apply_all(text, &updates.edits).expect("edits that fit together");
        (updates, after)
    }

    #[test]
    fn the_texts_of_both_versions_are_taken_from_the_workspace() {
        let (updates, after) = updated(
            "to act on resolves 1 and 3 of Resolution 301 (Dubai, 2018) of the Plenipotentiary Conference, and on \
             resolves 2 of Resolution 301 (Dubai, 2018) of the Plenipotentiary Conference.\n",
        );
        assert_eq!(
            after,
            "to act on resolves 1 and 3 of Resolution 301 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, and \
             on resolves 3 of Resolution 301 (Rev. Bucharest, 2022) of the Plenipotentiary Conference.\n"
        );
        assert_eq!(updates.made().count(), 2);
        let doubts: Vec<&str> = updates.all.iter().flat_map(|u| &u.doubts).map(|doubt| doubt.words.as_str()).collect();
        assert_eq!(doubts, ["resolves 1 and 3"]);
    }

    #[test]
    fn what_others_are_called_does_not_keep_a_draft_from_its_resolution() {
        let draft = "draft resolution A/78/L.49";
        let (_, after) = updated(&format!("a) acting on A/78/L.49 and {draft} and {draft} and {draft};\n"));
        let new = "resolution 78/265";
        assert_eq!(after, format!("a) acting on A/RES/78/265 and {new} and {new} and {new};\n"));
    }

    /// What may change: places, years and the words for a revision, the numbers and letters of pinpoints, the words of a
    /// draft, and sigils of changes.
    fn skeleton(text: &str) -> String {
        let document = lower(text, &parse(text));
        let mut words = String::new();
        for paragraph in &document.paragraphs {
            words
                .push_str(paragraph.label.as_ref().and_then(|label| label.text.amended.as_deref()).unwrap_or_default());
            let mut text = paragraph.views[Side::Amended].text.clone();
            for known in [
                "Antalya, 2006",
                "Guadalajara, 2010",
                "Busan, 2014",
                "Dubai, 2018",
                "Bucharest, 2022",
                "2006年，安塔利亚",
                "2010年，瓜达拉哈拉",
                "2014年，釜山",
                "2018年，迪拜",
                "2022年，布加勒斯特",
            ] {
                text = text.replace(known, "@");
            }
            for known in ["Rev. @", "@，修订版"] {
                text = text.replace(known, "@");
            }
            for known in ["draft resolution A/78/L.49", "A/78/L.49", "A/RES/78/265", "resolution 78/265"] {
                text = text.replace(known, "#");
            }
            for number in ["1", "2", "3"] {
                text = text.replace(&format!("resolves {number} of"), "resolves % of");
            }
            words.push_str(&text);
            words.push('\n');
        }
        words
    }

    fn citation() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "Resolution 140 (Rev. Dubai, 2018)",
            "Resolution 140 (Antalya, 2006)",
            "Resolutions 101, 102 and 140 (Rev. Busan, 2014)",
            "第140号决议（2018年，迪拜，修订版）",
            "第101和102号决议（2010年，瓜达拉哈拉，修订版）",
            "resolves 1 of Resolution 301 (Dubai, 2018)",
            "resolves 2 of Resolution 301 (Dubai, 2018)",
            "resolves 3 of Resolution 301 (Dubai, 2018)",
            "resolves 2 of Resolution 301 (Rev. Bucharest, 2022)",
            "resolves {~~2~>1~~} of Resolution 301 (Dubai, 2018)",
            "Resolution 140 (Rev. {~~Busan, 2014~>Dubai, 2018~~})",
            "{++Resolution 140 (Rev. Busan, 2014)++}",
            "{--Resolution 140 (Rev. Busan, 2014)--}",
            "[Resolution 140 (Rev. Busan, 2014)](=)",
            "draft resolution A/78/L.49",
            "A/78/L.49",
            "General Assembly resolution 36/151",
            "resolution 70/125",
            "(Rev. Dubai, 2018)",
        ])
        .prop_map(str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn nothing_but_versions_and_pinpoints_changes_and_a_second_update_does_nothing(
            head in prop::sample::select(vec![
                "", "MOD EUR/1\n\n# Resolution 302 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~})\n\n",
                "# Resolution 302 (Dubai, 2018)\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\n\n",
                "*recalling*\n\n",
            ]),
            citations in prop::collection::vec(citation(), 1..5),
            joiner in prop::sample::select(vec![" and ", ", ", "; ", " of the Plenipotentiary Conference, and "]),
        ) {
            let text = format!("{head}a) acting on {} of the Plenipotentiary Conference;\n", citations.join(joiner));
            let (updates, after) = updated(&text);
            prop_assert_eq!(skeleton(&text), skeleton(&after), "{}", after);
            prop_assert_eq!(updates.edits.is_empty(), text == after);
            let mut wholes: Vec<TextEdit> = as_wholes(&text, &updates).concat();
            wholes.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
            wholes.dedup();
            prop_assert_eq!(TextEdit::apply_all(&text, &wholes), Some(after.clone()));
            let (again, twice) = updated(&after);
            prop_assert_eq!(again.made().count(), 0, "{}\n{}\n{:?}", after, twice, again.all);
            prop_assert_eq!(&after, &twice);
            // What is in force stays, where changes are tracked.
            if head.starts_with("MOD") {
                let in_force = |text: &str| -> Vec<String> {
                    let document = lower(text, &parse(text));
                    document.paragraphs.iter().map(|paragraph| paragraph.views[Side::InForce].text.clone()).collect()
                };
                prop_assert_eq!(in_force(&text), in_force(&after), "{}", after);
            }
        }
    }
}
