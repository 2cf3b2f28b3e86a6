//! Which resolution is this text?

use jiff::civil::Date;

use super::id::{Body, ResolutionId, Version};
use crate::syntax::{Language, ResolutionIndex};

/// What a resolution of the file says of itself in metadata, title and enacting line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The resolution of the file.
    pub resolution: ResolutionIndex,
    /// Its id, as amended; `None` for a text without a title that says so.
    pub id: Option<ResolutionId>,
    /// Its version, as amended.
    pub version: Option<Version>,
    /// Its version as in force, where a tracked title changes it.
    pub version_in_force: Option<Version>,
    /// The acting organ.
    pub body: Option<Body>,
    /// The place of the session that adopts it, in English.
    pub place: Option<String>,
    /// When it was or will be adopted: the end of the session, or the date that the metadata gives.
    pub date: Option<Date>,
    /// Its language.
    pub language: Option<Language>,
    /// Its subject: the words of the `## ` lines, as amended.
    pub subject: Option<String>,
    /// The drafting profile: from the metadata or the acting organ.
    pub profile: Option<String>,
}
