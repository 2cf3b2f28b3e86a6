//! The documents of a workspace, what they say of each other, and where they come from.
//!
//! One [`Workspace`] owns everything that changes. It hands out [`Snapshot`]s: whole, unchanging views of the state
//! after the last edit, cheap to make and to share between threads, on which every feature and every command works.
//! An edit reads one document again and judges again only those that cite what changed.
//!
//! Of a document that is open all is kept; of the others their text and a [`Summary`], and what somebody asks beyond that is
//! read again.

mod config_file;
mod file;
mod file_io;
mod history;
mod index;
mod judging;
mod load;
mod location;
mod prepared;
mod problem;
mod reading;
mod shelf;
mod snapshot;
mod successors;
mod summary;
#[cfg(test)]
mod tests;
mod walk;
mod writer;

pub use config_file::{CONFIG_FILE, ConfigFile, config_schema};
pub use file::{File, FileId};
pub use file_io::write_whole;
pub use history::{Gone, History, Members, Named, REMARK, is_remarked, remark_place};
pub use index::Definition;
pub use judging::Judging;
pub use load::{
    DOCUMENT_EXTENSION, FileKind, Loaded, MAX_BYTES, Step, decode, read_folder, read_folder_telling, read_text,
};
pub use location::Location;
pub use prepared::Prepared;
pub use problem::{LinePlace, Problem};
pub use reading::Reading;
pub use snapshot::{ReadState, Snapshot};
pub use summary::{Summary, Text, plain_title};
pub use walk::{is_ignore_file, reached};
pub use writer::{Changes, Workspace};
