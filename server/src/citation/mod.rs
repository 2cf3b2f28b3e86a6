//! Citations of resolutions: which resolution, in which version, do these words name?

mod id;
mod identity;
mod recognise;

pub use id::{Body, ResolutionId, Version};
pub use identity::Identity;
pub use recognise::{Citation, CitedVersion, Instrument};
