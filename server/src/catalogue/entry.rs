//! What all layers together say of one resolution.

use jiff::civil::Date;

use super::dates::version_date;
use super::format::{
    Abrogation, Certainty, Coverage, Entry, InForce, Link, Title, TitleKind, VersionFact, VersionKind,
};
use crate::citation::{ResolutionId, Version};
use crate::syntax::Language;

/// Where a fact comes from; a later one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// With the program.
    Bundled,
    /// From a catalogue file of the workspace.
    File,
    /// From a resolution in the workspace.
    Resolution,
}

/// A fact and who says so.
#[derive(Debug, PartialEq, Eq)]
pub struct Fact<'a, T> {
    /// What is said.
    pub value: &'a T,
    /// Where it comes from.
    pub layer: Layer,
    /// Who says so, in words or as an address.
    pub source: &'a str,
    /// How sure it is.
    pub certainty: Certainty,
}

// Not derived: a fact is a reference, so it can be copied whatever it refers to.
impl<T> Clone for Fact<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fact<'_, T> {}

/// A fact of the format: it has a source and a certainty.
pub(super) trait Sourced {
    fn source(&self) -> Option<&str>;
    fn certainty(&self) -> Certainty;
}

macro_rules! sourced {
    ($($type:ty),*) => {$(
        impl Sourced for $type {
            fn source(&self) -> Option<&str> {
                self.source.as_deref()
            }

            fn certainty(&self) -> Certainty {
                self.certainty
            }
        }
    )*};
}

sourced!(Title, VersionFact, InForce, Abrogation, Link, Coverage);

/// The fact `value` of a file whose source is `default_source` where it names none itself.
pub(super) fn fact<'a, T: Sourced>(value: &'a T, layer: Layer, default_source: &'a str) -> Fact<'a, T> {
    Fact { value, layer, source: value.source().unwrap_or(default_source), certainty: value.certainty() }
}

/// What one file says of the resolution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub layer: Layer,
    pub default_source: &'a str,
    pub entry: &'a Entry,
}

/// A resolution as all layers together know it.
#[derive(Debug, Clone)]
pub struct EntryView<'a> {
    parts: Vec<Part<'a>>,
}

/// A version, as the best of the facts about it has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView<'a> {
    /// As an id writes it.
    pub version: &'a Version,
    /// Where the session met, in English.
    pub place: Option<&'a str>,
    /// The year of the session.
    pub year: u16,
    /// From when on it is there: its own day, or the end of the session, or the end of the year.
    pub date: Date,
    /// Whether a fact gives that day; otherwise it is the end of the session or of the year.
    pub day_is_given: bool,
    /// How it came to be.
    pub kind: VersionKind,
    /// Where the fact comes from.
    pub layer: Layer,
    /// Who says so.
    pub source: &'a str,
    /// How sure it is.
    pub certainty: Certainty,
}

impl VersionView<'_> {
    /// Place and year as a parenthesis has them in English: “Bucharest, 2022”, “2016”.
    pub fn name(&self) -> String {
        match self.place {
            Some(place) => format!("{place}, {}", self.year),
            None => self.year.to_string(),
        }
    }
}

/// A title and how well it fits what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleView<'a> {
    /// Its words.
    pub text: &'a str,
    /// Its language.
    pub language: Language,
    /// The version that has it, where that is known.
    pub version: Option<&'a Version>,
    /// Whether it is the title, or only says what the resolution is about.
    pub kind: TitleKind,
    /// Where the fact comes from.
    pub layer: Layer,
    /// Who says so.
    pub source: &'a str,
    /// How sure it is.
    pub certainty: Certainty,
}

impl<'a> EntryView<'a> {
    /// What `parts`, all of one resolution, say together; `None` where there are none.
    pub(super) fn new(parts: Vec<Part<'a>>) -> Option<EntryView<'a>> {
        (!parts.is_empty()).then_some(EntryView { parts })
    }

    /// The resolution. A view has at least one part.
    pub fn id(&self) -> &'a ResolutionId {
        &self.parts[0].entry.id
    }

    /// The layers that know of it.
    pub fn layers(&self) -> impl Iterator<Item = Layer> {
        self.parts.iter().map(|part| part.layer)
    }

    /// Who says anything of it: each source once, the earlier layer first.
    pub fn sources(&self) -> Vec<&'a str> {
        let mut sources = Vec::new();
        for part in &self.parts {
            let entry = part.entry;
            let before = sources.len();
            sources.extend(entry.titles.iter().map(|fact| fact.source.as_deref()));
            sources.extend(entry.versions.iter().map(|fact| fact.source.as_deref()));
            sources.extend(entry.in_force.iter().map(|fact| fact.source.as_deref()));
            sources.extend(entry.abrogated.iter().map(|fact| fact.source.as_deref()));
            sources.extend(entry.succeeded_by.iter().map(|fact| fact.source.as_deref()));
            sources.extend(entry.adopted_as.iter().map(|fact| fact.source.as_deref()));
            if before == sources.len() {
                sources.push(entry.source.as_deref());
            }
            for source in &mut sources[before..] {
                source.get_or_insert(part.default_source);
            }
        }
        let mut seen = std::collections::HashSet::new();
        sources.into_iter().flatten().filter(|source| seen.insert(*source)).collect()
    }

    /// Its versions, oldest first, proposed ones included. Of several facts about one version that of the later layer
    /// counts, then the surer, then the more telling one; but a proposal never unmakes an adoption. What the winner
    /// leaves open, place and day, comes from the others.
    pub fn versions(&self) -> Vec<VersionView<'a>> {
        let mut facts: Vec<Fact<'a, VersionFact>> = self.facts(|entry| &entry.versions);
        let rank = |fact: &Fact<'a, VersionFact>| {
            let adopted = fact.value.kind != VersionKind::Proposed;
            // The last three only make the choice the same whatever the order of the files.
            let tie = (fact.value.kind, fact.value.place.as_deref(), fact.value.date, fact.source);
            (adopted, fact.layer, fact.certainty, tie)
        };
        facts.sort_by(|a, b| a.value.version.cmp(&b.value.version).then_with(|| rank(b).cmp(&rank(a))));
        let same = facts.chunk_by(|a, b| a.value.version == b.value.version);
        same.filter_map(|facts| {
            let best = facts.first()?;
            let place = facts.iter().find_map(|fact| fact.value.place.as_deref());
            let date = facts.iter().find_map(|fact| fact.value.date);
            Some(VersionView {
                version: &best.value.version,
                place,
                year: best.value.year,
                date: version_date(self.id(), date, place, best.value.year),
                day_is_given: date.is_some(),
                kind: best.value.kind,
                layer: best.layer,
                source: best.source,
                certainty: best.certainty,
            })
        })
        .collect()
    }

    /// One version.
    pub fn version(&self, version: &str) -> Option<VersionView<'a>> {
        self.versions().into_iter().find(|view| view.version == version)
    }

    /// Whether all versions are listed, until the end of the body's coverage.
    pub fn versions_complete(&self) -> bool {
        self.parts.iter().any(|part| part.entry.versions_complete)
    }

    /// All titles.
    pub fn titles(&self) -> Vec<Fact<'a, Title>> {
        self.facts(|entry| &entry.titles)
    }

    /// Its title: in that language, else in English, else in any; a title rather than a subject phrase; of that
    /// version, else of the nearest earlier one, else of any.
    pub fn title(&self, version: Option<&str>, language: Language) -> Option<TitleView<'a>> {
        let rank = |fact: &Fact<'a, Title>| {
            let title = fact.value;
            let language = match title.language {
                own if own == language => 2,
                Language::En => 1,
                _ => 0,
            };
            let version = match (version, title.version.as_deref()) {
                (Some(asked), Some(own)) if asked == own => (3, own),
                (Some(asked), Some(own)) if own < asked => (2, own),
                (None, Some(own)) => (2, own),
                (_, None) => (1, ""),
                (Some(_), Some(own)) => (0, own),
            };
            let tie = (title.language.code(), title.text.as_str());
            (language, title.kind, version, fact.layer, fact.certainty, tie)
        };
        let titles = self.titles();
        let best = titles.iter().max_by(|a, b| rank(a).cmp(&rank(b)))?;
        Some(TitleView {
            text: &best.value.text,
            language: best.value.language,
            version: best.value.version.as_ref(),
            kind: best.value.kind,
            layer: best.layer,
            source: best.source,
            certainty: best.certainty,
        })
    }

    /// Years in which it was in force.
    pub fn in_force(&self) -> Vec<Fact<'a, InForce>> {
        self.facts(|entry| &entry.in_force)
    }

    /// That it is no longer in force, as the last layer has it that has checked.
    pub fn abrogation(&self) -> Option<Fact<'a, Abrogation>> {
        let facts = self.parts.iter().filter_map(|part| {
            let abrogated = part.entry.abrogated.as_ref()?;
            Some(fact(abrogated, part.layer, part.default_source))
        });
        facts.max_by(|a, b| {
            let rank = |fact: &Fact<'a, Abrogation>| {
                // What was never checked, such as a proposal to abrogate, hides nothing that was.
                let checked = fact.certainty > Certainty::Unproven;
                (checked, fact.layer, fact.certainty, fact.value.certain_from(), fact.source)
            };
            rank(a).cmp(&rank(b))
        })
    }

    /// The resolutions that took its place.
    pub fn succeeded_by(&self) -> Vec<Fact<'a, Link>> {
        self.facts(|entry| &entry.succeeded_by)
    }

    /// For a draft: what it became.
    pub fn adopted_as(&self) -> Vec<Fact<'a, Link>> {
        self.facts(|entry| &entry.adopted_as)
    }

    /// The facts of one kind, the earlier layer first.
    fn facts<T: Sourced>(&self, list: fn(&'a Entry) -> &'a Vec<T>) -> Vec<Fact<'a, T>> {
        self.parts
            .iter()
            .flat_map(|part| list(part.entry).iter().map(|value| fact(value, part.layer, part.default_source)))
            .collect()
    }
}
