//! The protocol's URIs and the places of documents.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use tower_lsp::ls_types::Uri;

use crate::citation::{ResolutionId, Version};
use crate::rules::{self, Rule};
use crate::workspace::Location;

/// The scheme of the pages that the server writes: about resolutions that only the catalogue knows, and about rules.
pub(super) const CATALOGUE_SCHEME: &str = "resmark-catalogue";

/// What the paths of the rules' pages begin with. A slash in the number of a resolution is escaped, so none is meant.
const RULES: &str = "/rules/";

/// What a path keeps as it is (RFC 3986, `pchar` without the sub-delimiters, and the separator).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What the name of a page keeps: a slash in a number is part of the name.
const PAGE: &AsciiSet = &PATH.add(b'/');

/// Where the document of a URI lives.
pub(super) fn to_location(uri: &Uri) -> Location {
    match to_path(uri) {
        Some(path) => Location::Path(path.into()),
        None => Location::Uri(uri.as_str().into()),
    }
}

/// The path of a `file:` URI on this machine.
pub(super) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let local = uri.authority().is_none_or(|authority| matches!(authority.as_str(), "" | "localhost"));
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") || (!local && cfg!(unix)) {
        return None;
    }
    let path = if cfg!(unix) {
        PathBuf::from(os_string(percent_decode_str(uri.path().as_str()).collect()))
    } else {
        uri.to_file_path()?.into_owned()
    };
    path.is_absolute().then_some(path)
}

/// The path of a `file:` URI as a client writes it, who may have left letters as they are.
pub(super) fn parse(text: &str) -> Option<PathBuf> {
    to_path(&Uri::from_str(text).ok()?)
}

/// The URI of a location; `None` for a relative path, which has none.
pub(super) fn of_location(location: &Location) -> Option<Uri> {
    match location {
        Location::Path(path) => of_path(path),
        Location::Uri(uri) => Uri::from_str(uri).ok(),
    }
}

/// The URI of an absolute path.
pub(super) fn of_path(path: &Path) -> Option<Uri> {
    if !path.is_absolute() {
        return None;
    }
    if cfg!(unix) {
        let bytes = path.as_os_str().as_encoded_bytes();
        Uri::from_str(&format!("file://{}", percent_encode(bytes, PATH))).ok()
    } else {
        Uri::from_file_path(path)
    }
}

/// The URI of the catalogue's page about a resolution, in all its versions: `resmark-catalogue:/PP-140.md`.
pub(super) fn of_page(id: &ResolutionId) -> Option<Uri> {
    let name = id.to_string();
    Uri::from_str(&format!("{CATALOGUE_SCHEME}:/{}.md", percent_encode(name.as_bytes(), PAGE))).ok()
}

/// The same page with a version in front: `resmark-catalogue:/PP-140@2018.md`.
pub(super) fn of_page_at(id: &ResolutionId, version: Option<&Version>) -> Option<Uri> {
    let Some(version) = version else { return of_page(id) };
    let (id, version) = (id.to_string(), percent_encode(version.as_bytes(), PAGE));
    Uri::from_str(&format!("{CATALOGUE_SCHEME}:/{}@{version}.md", percent_encode(id.as_bytes(), PAGE))).ok()
}

/// The URI of the page about a rule: `resmark-catalogue:/rules/numbering-gap.md`.
pub(super) fn of_rule(rule: &str) -> Option<Uri> {
    Uri::from_str(&format!("{CATALOGUE_SCHEME}:{RULES}{}.md", rule.replace('/', "-"))).ok()
}

/// The rule that a page is about.
pub(super) fn to_rule(uri: &Uri) -> Option<&'static Rule> {
    let name = uri.path().as_str().strip_prefix(RULES).filter(|_| uri.scheme().as_str() == CATALOGUE_SCHEME)?;
    rules::rule(&name.strip_suffix(".md").unwrap_or(name).replacen('-', "/", 1))
}

/// Which resolution a page is about, and the version that is asked for, if the name has one (`PP-140@2022.md`).
pub(super) fn to_page(uri: &Uri) -> Option<(ResolutionId, Option<Version>)> {
    if uri.scheme().as_str() != CATALOGUE_SCHEME {
        return None;
    }
    let name = percent_decode_str(uri.path().as_str()).decode_utf8().ok()?;
    let name = name.trim_start_matches('/');
    let name = name.strip_suffix(".md").unwrap_or(name);
    let (id, version) = match name.rsplit_once('@') {
        Some((id, version)) => (id, Some(version.to_owned())),
        None => (name, None),
    };
    Some((id.parse().ok()?, version))
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn uri(text: &str) -> Uri {
        Uri::from_str(text).unwrap()
    }

    #[cfg(unix)]
    #[test]
    fn paths_come_back() {
        use std::os::unix::ffi::OsStrExt;
        for bytes in [&b"/a b/\xe5\x86\xb3.resmark"[..], b"/100%/#x?.resmark", b"/not-utf-8-\xff"] {
            let path = Path::new(std::ffi::OsStr::from_bytes(bytes));
            assert_eq!(to_path(&of_path(path).unwrap()).unwrap(), path);
        }
    }

    #[test]
    fn every_rule_has_a_page_of_its_own() {
        for rule in rules::RULES {
            let page = of_rule(rule.id).unwrap();
            assert_eq!(to_rule(&page).map(|found| found.id), Some(rule.id));
            assert_eq!(to_page(&page), None);
        }
    }

    #[test]
    fn what_is_no_file_stays_a_uri() {
        for text in ["untitled:Untitled-1", "git:/a/b.resmark?ref=1", "vscode-notebook-cell://x/y"] {
            assert_eq!(to_location(&uri(text)), Location::Uri(text.into()));
            assert_eq!(of_location(&to_location(&uri(text))).unwrap().as_str(), text);
        }
    }

    #[test]
    fn pages_have_names() {
        let page = |text: &str| text.parse::<ResolutionId>().unwrap();
        assert_eq!(of_page(&page("PP-140")).unwrap().as_str(), "resmark-catalogue:/PP-140.md");
        let written = of_page(&page("UNGA-70/125")).unwrap();
        assert_eq!(written.as_str(), "resmark-catalogue:/UNGA-70%2F125.md");
        assert_eq!(to_page(&written), Some((page("UNGA-70/125"), None)));
        // Some editors write the slash as it is.
        assert_eq!(to_page(&uri("resmark-catalogue:/UNGA-70/125.md")), Some((page("UNGA-70/125"), None)));
        assert_eq!(to_page(&uri("resmark-catalogue:/PP-140@2018.md")), Some((page("PP-140"), Some("2018".into()))));
        let spaced = of_page(&page("UNSC-1325 (2000)")).unwrap();
        assert_eq!(to_page(&spaced), Some((page("UNSC-1325 (2000)"), None)));
        assert_eq!(to_page(&uri("file:///PP-140.md")), None);
        let of_2018 = of_page_at(&page("PP-140"), Some(&"2018".into())).unwrap();
        assert_eq!(of_2018.as_str(), "resmark-catalogue:/PP-140@2018.md");
        assert_eq!(to_page(&of_2018), Some((page("PP-140"), Some("2018".into()))));
    }
}
