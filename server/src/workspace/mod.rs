//! Documents, the index of who cites what, configuration, and files.
