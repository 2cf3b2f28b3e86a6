//! Labels, their sequences, what is wrong with them, and renumbering.

mod label;
mod numeral;

pub use label::{Label, Style, SuffixForm, SuffixWords, core, is_bullet};
pub use numeral::{Alphabet, Numeral, Run};
