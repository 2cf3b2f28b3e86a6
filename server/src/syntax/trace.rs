//! Where in a tree the parts of a document were read from, so that they are recognized in the tree behind an edit.

use std::fmt;

use text_size::TextSize;
use tree_sitter::{Node, Tree};

/// The node that a part of a document was read from. It is no part of what the document says: all are
/// equal and look the same.
#[derive(Clone, Copy, Default)]
pub(super) struct Trace {
    /// The node's id: the place where the tree has it. Two trees that live at the same time have a node at the same
    /// place only if they share it, with everything in it.
    id: usize,
    /// How far the node begins in front of the part.
    pub lead: TextSize,
}

impl Trace {
    /// Of a part that begins at `start`.
    pub fn of(node: Node<'_>, start: TextSize) -> Trace {
        let at = TextSize::new(node.start_byte().min(u32::MAX as usize) as u32);
        Trace { id: node.id(), lead: start.checked_sub(at).unwrap_or_default() }
    }

    /// Whether it was read from this node.
    pub fn is_of(self, node: Node<'_>) -> bool {
        self.id == node.id()
    }
}

impl PartialEq for Trace {
    fn eq(&self, _: &Trace) -> bool {
        true
    }
}

impl Eq for Trace {}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trace")
    }
}

/// The tree that a document was read from, kept as long as nodes of its are to be recognized. All are equal.
#[derive(Clone, Default)]
pub(super) struct Source(pub Option<Tree>);

impl PartialEq for Source {
    fn eq(&self, _: &Source) -> bool {
        true
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}
