//! Citations of resolutions: which resolution, in which version, do these words name?

mod adopted;
mod begun;
mod beside;
#[cfg(test)]
mod body_tests;
mod data;
mod date;
mod dated;
mod decide;
mod flattened;
mod form;
mod history;
mod id;
mod identity;
mod met;
mod number;
mod parenthesis;
mod phrase;
mod provision;
mod range;
mod recall;
mod recognise;
mod recognised;
mod shape;
mod short;
mod stranger;
mod strings;
#[cfg(test)]
mod tests;
mod title;
mod token;
mod trie;
mod words;
mod written;

pub use adopted::adopted;
pub use begun::{Beginning, Begun, begun};
pub use data::{BodyFacts, NumberShape, PlaceFacts, Session, body, body_name, data, place_name, session};
pub use flattened::{Flattened, Reading, flattened, flattened_in};
pub use id::{Body, NotAnId, ResolutionId, Version, roman_session};
pub(crate) use identity::read_date;
pub use identity::{EnactingLine, Identity, enacting_line, session_in_title};
pub use provision::{
    Provision, ProvisionPart, ProvisionUnit, Treaties, Treaty, TreatyKind, treaties, treaty, treaty_name,
};
pub use recognise::{
    Citation, Citations, Cited, CitedDate, CitedTitle, CitedVersion, Instrument, Wording, identities, read,
};
pub use written::{WrittenVersion, written, written_version};
