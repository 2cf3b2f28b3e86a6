//! The guide is true: every example on every page is run, and every link leads somewhere.
//!
//! A test is named by the page and the line of its example. What an example is checked for is said by the first words
//! behind its fence: the language, then the name of the file that it is, then more as `key="value"`.
//!
//! | fence | what is checked |
//! | --- | --- |
//! | `resmark [FILE]` | what is found there, as of 2026-06-01: nothing, or what lines of `^^^` underline and `findings="area/what area/what"` names |
//! | `resmark made-by="COMMAND …"` | that this is what the command prints, or makes of the last file it names |
//! | `console` | that the commands behind `$ ` print what stands below them; a line `…` stands for any lines. `in="FOLDER"` runs them there |
//! | `sh` | that the commands can be run |
//! | `json resmark.json`, `json catalogue/….json`, `json ….catalogue.json` | by its schema, and that `resmark` reads it |
//! | `json settings.json` | that VS Code's extension has these settings |
//! | `json` elsewhere | only on pages about the protocol: that it is JSON |
//! | `lua` | that Neovim compiles it |
//! | `yaml` | that it is YAML and that the `resmark` commands in it can be run |
//! | `toml` | that it is TOML |
//! | `text FILE` | nothing: other examples of the page use it |
//! | any, with `checked-by="PATH"` | that there is such a test |
//! | `sh`, `console` or `vim` with `not-run="WHY"` | nothing: the reader of the source is told why |
//!
//! The examples of a page are run in order, in one folder; files are written there as the page names them. A page that
//! uses files which it does not show finds them in `tests/docs/files/PAGE/`; one whose commands name `examples` has a
//! copy of the example workspace. With `UPDATE_EXPECT=1` the output in `console` examples is brought up to date; read
//! what changed.
#![allow(clippy::unwrap_used)]

#[path = "docs/checks.rs"]
mod checks;
#[path = "docs/links.rs"]
mod links;
#[path = "docs/page.rs"]
mod page;
#[path = "docs/place.rs"]
mod place;
#[path = "docs/sources.rs"]
mod sources;

use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Completion, Trial};
use resmark_tests::skip;

use checks::Outcome;
use page::Page;

fn main() {
    let mut trials = Vec::new();
    for page in page::all() {
        let page = Arc::new(page);
        trials.push(links_of(&page));
        let ran: Arc<OnceLock<Vec<Outcome>>> = Arc::default();
        for (index, block) in page.blocks.iter().enumerate() {
            let name = format!("{}:{} {}", page.name, block.line, block.language);
            let (page, ran, shown) = (Arc::clone(&page), Arc::clone(&ran), name.clone());
            trials.push(Trial::ignorable_test(name, move || {
                match &ran.get_or_init(|| checks::run(&page))[index] {
                    Ok(()) => {}
                    Err(checks::Problem::Wrong(why)) => return Err(why.into()),
                    Err(checks::Problem::NotHere(why)) => skip(&shown, why),
                }
                Ok(Completion::Completed)
            }));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// The test that the links of a page lead somewhere.
fn links_of(page: &Arc<Page>) -> Trial {
    let page = Arc::clone(page);
    Trial::test(format!("{} links", page.name), move || match links::dead(&page).as_slice() {
        [] => Ok(()),
        dead => Err(dead.join("\n").into()),
    })
}
