//! Labels, their sequences, what is wrong with them, and renumbering.
