//! The texts of other resolutions, for rules that look into what a document cites.

use crate::citation::{ResolutionId, Version};
use crate::facts::Facts;
use crate::reference::Wanted;
use crate::syntax::{Language, ResolutionIndex, Side};

/// Hands out the texts of resolutions. Rules are pure: whoever runs them says which texts there are.
pub trait Library {
    /// The texts that there are of a resolution in exactly this version, in whatever languages; of any version where
    /// none is asked for. None is a proposal that leaves the text as it is or abrogates it.
    fn texts(&self, id: &ResolutionId, version: Option<&Version>) -> Vec<LibraryText<'_>>;

    /// Whether one of these texts, in this language, is known to have the clauses that are wanted. Where it is not, the
    /// texts have to be asked.
    fn surely_has(
        &self,
        _id: &ResolutionId,
        _version: Option<&Version>,
        _language: Language,
        _wanted: &Wanted,
    ) -> bool {
        false
    }
}

/// A text of a resolution.
#[derive(Debug, Clone, Copy)]
pub struct LibraryText<'a> {
    /// What its document says.
    pub facts: &'a Facts,
    /// Which of the document's resolutions it is.
    pub resolution: ResolutionIndex,
    /// The reading that is of the version asked for.
    pub side: Side,
}

/// A library without texts.
#[derive(Debug, Clone, Copy)]
pub struct NoTexts;

impl Library for NoTexts {
    fn texts(&self, _: &ResolutionId, _: Option<&Version>) -> Vec<LibraryText<'_>> {
        Vec::new()
    }
}
