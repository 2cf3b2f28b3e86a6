//! Tables that are made when first asked for, as those of the names of bodies and places: made while the client introduces
//! itself, so that the first document that it opens need not wait for all of them.

use std::thread;

use jiff::civil::Date;

use super::owner::today;
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::facts::Facts;
use crate::rules::{self, Input, Scope};
use crate::syntax::{lower, parse};
use crate::{drafting, reference};

/// A text in which something is read by each of them.
const TEXT: &str = "# Resolution 1 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference of the International Telecommunication \
                    Union (Dubai, 2018),\n\n*recalling*\n\na) Resolution 140 (Rev. Dubai, 2018) of this conference and \
                    that resolution, and General Assembly resolution 70/1 of 25 September 2015;\n\n*resolves*\n\n1. to \
                    act on Article 1 of the ITU Constitution, as in *recalling* a) above.\n";

/// Begins to make them, on threads of their own. Should the system refuse a thread, they are made when asked for.
pub(super) fn prepare() {
    let start = |work: fn()| thread::Builder::new().name("resmark-tables".to_owned()).spawn(work);
    let _ = (start(of_citations), start(of_clauses));
}

fn of_citations() {
    let facts = Facts::read(TEXT, &parse(TEXT));
    let catalogue = Catalogue::bundled();
    let input = Input::new(TEXT, &facts, &catalogue, Date::constant(2022, 1, 1), Config::default());
    for scope in [Scope::Document, Scope::Catalogue] {
        rules::check(&input, scope);
    }
}

fn of_clauses() {
    let document = lower(TEXT, &parse(TEXT));
    reference::read(&document);
    drafting::parts(&document);
    // The first time the clock is read, the names of all time zones are read off the disk.
    today();
}
