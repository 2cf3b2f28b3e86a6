//! Which resolutions exist, in which versions, with which titles; what became of them, and who says so.
//!
//! Facts come from three layers, and a later one wins over an earlier one, fact by fact:
//! 1. the bundled facts ([`Catalogue::bundled`]), one JSON file for each family of bodies, read when first asked for;
//! 2. catalogue files of the workspace ([`Catalogue::parse`], [`Catalogue::set_file`]);
//! 3. the resolutions in the workspace ([`WorkspaceFact`], [`Catalogue::set_resolutions`]).
//!
//! Every fact keeps its layer, its source and how sure it is. A catalogue is cheap to clone: a snapshot costs three
//! reference counts, and an update of one file or one resolution touches nothing else.
//!
//! The format of the files is in [`CatalogueFile`] and, for who writes one, in `docs/catalogue.md`.

mod asked;
mod bundled;
mod checks;
mod dates;
mod diff;
mod entry;
mod existence;
mod format;
mod lines;
mod merge;
mod read;
mod status;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod titles;
mod workspace;

pub use asked::{Asked, Supposed};
pub use checks::{CatalogueProblem, Level, validate};
pub use dates::{AdoptionWindow, adoption_window, session_date, sessions_of};
pub use diff::{Change, Difference, FactChange, diff};
pub use entry::{EntryView, Fact, Layer, TitleView, VersionView};
pub use existence::Existence;
pub use format::{
    Abrogation, CatalogueFile, Certainty, Coverage, Entry, InForce, Link, Title, TitleKind, VersionFact, VersionKind,
};
pub use lines::{FactLine, certainty_words, fact_lines};
pub use merge::merge;
pub use read::CatalogueError;
pub(crate) use read::one_line;
pub use status::Status;
pub use store::{Catalogue, SourceFile};
pub use table::{COLUMNS, TableProblem, parse_table};
pub use titles::TitleMatch;
pub use workspace::WorkspaceFact;
