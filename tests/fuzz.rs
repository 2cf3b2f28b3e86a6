//! Inputs that nobody would write: each target makes them at random and says what must hold of every one.
//!
//! Within the tests each target tries a fixed number of inputs, the same each time, after those of `fuzz/cases/`, which
//! made something fail once. `cargo xtask fuzz` tries others, for as long as one likes; see `fuzz.md`.
#![allow(clippy::unwrap_used)]

#[path = "fuzz/catalogues.rs"]
mod catalogues;
#[path = "fuzz/driver.rs"]
mod driver;
#[path = "fuzz/editing.rs"]
mod editing;
#[path = "fuzz/json.rs"]
mod json;
#[path = "fuzz/messages.rs"]
mod messages;
#[path = "fuzz/reading.rs"]
mod reading;
#[path = "fuzz/shrink.rs"]
mod shrink;
#[path = "fuzz/texts.rs"]
mod texts;

/// One test for each target, of the target's name.
macro_rules! targets {
    ($($name:ident: $target:ty,)*) => {
        $(
            #[test]
            fn $name() {
                driver::run::<$target>(stringify!($name));
            }
        )*
    };
}

targets! {
    editing: editing::Editing,
    reading: reading::Reading,
    importing: reading::Importing,
    catalogues: catalogues::Catalogues,
    settings: catalogues::Settings,
    tables: catalogues::Tables,
    messages: messages::Messages,
}
