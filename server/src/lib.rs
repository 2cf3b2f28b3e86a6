//! Resmark: a lightweight markup for drafting resolutions and the language server that understands it.
//!
//! The layers, each knowing only those before it (see `ARCHITECTURE.md`):
//! [`syntax`], [`excuse`], [`profile`], [`config`], [`numbering`], [`reference`], [`citation`], [`drafting`], [`catalogue`], [`facts`],
//! [`rules`], [`workspace`], [`ide`], and at the top [`lsp`], [`convert`] and [`cli`]. Everything up to [`rules`] is pure: text in, values out.

pub mod catalogue;
pub mod citation;
pub mod cli;
pub mod config;
pub mod convert;
pub mod drafting;
pub mod excuse;
pub mod facts;
#[cfg(test)]
mod fixture;
pub mod ide;
pub mod lsp;
pub mod numbering;
pub mod profile;
pub mod reference;
pub mod rules;
pub mod suggest;
pub mod syntax;
mod threads;
pub mod workspace;
