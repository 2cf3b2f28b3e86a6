//! The protocol: capabilities, conversion, dispatch, and nothing else.
