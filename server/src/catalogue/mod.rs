//! Which resolutions exist, in which versions, with which titles; what became of them, and who says so.

/// The merged catalogue.
#[derive(Debug, Default)]
pub struct Catalogue {}
