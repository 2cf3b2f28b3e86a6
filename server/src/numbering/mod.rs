//! Labels, their sequences, what is wrong with them, and renumbering.

mod align;
mod check;
mod context;
pub mod flattened;
mod label;
pub mod nest;
mod numeral;
mod renumber;
mod rewrite;
mod room;
mod sequence;

pub use align::{Alignment, Origin, Rank, Step, align};
pub use check::{Problem, ProblemKind, check, check_lists};
pub use context::{is_elided, is_typed};
pub use label::{Label, Style, SuffixForm, SuffixWords, core, is_bullet};
pub use numeral::{Alphabet, Numeral, Run};
pub use renumber::{Extent, LabelChange, Plan, is_tracked, label_edits, plan, renumber};
pub(crate) use rewrite::rewrite;
pub use room::{Room, closed_up, room_behind, room_below};
pub use sequence::{Item, List, Lists, both, both_again, is_heading, lists};
