//! What the black-box tests share: where the binary and the real texts are.
