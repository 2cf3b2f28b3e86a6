//! The name of a resolution: `PP-140@2022`, `UNGA-70/125`, `ITU-R-61@2019`.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::data::data;
use crate::numbering::Numeral;

/// A body that adopts resolutions, by the id that `data/bodies.json` gives it: `PP`, `WTSA`, `UNGA`, `HRC`.
pub type Body = String;

/// A resolution, decision or opinion, whatever its version. Printed as `BODY-NUMBER`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResolutionId {
    /// The body, and for what is not a resolution its kind: `PP`, `UNGA`, `PP Decision`, `WTPF Opinion`.
    pub body: Body,
    /// The number as the body writes it: `140`, `70/125`, `1325 (2000)`, `WHA75.8`, `2625 (XXV)`.
    pub number: String,
}

/// A version of a resolution: the year of the session that adopted it, with a suffix where one year had several
/// (`2017`, `2019-2`). Ordered as text, which is the order of time.
pub type Version = String;

impl ResolutionId {
    /// The resolution `number` of `body`.
    pub fn new(body: impl Into<Body>, number: impl Into<String>) -> ResolutionId {
        ResolutionId { body: body.into(), number: number.into() }
    }

    /// With a version behind it: `PP-140@2022`.
    pub fn at(&self, version: Option<&str>) -> String {
        match version {
            Some(version) => format!("{self}@{version}"),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for ResolutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.body, self.number)
    }
}

/// A text that is no `BODY-NUMBER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId(pub String);

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not the id of a resolution; an id looks like PP-140 or UNGA-70/125", self.0)
    }
}

impl std::error::Error for NotAnId {}

/// The bodies with a hyphen of their own, in front of which no number begins.
static HYPHENED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let bodies = data().bodies.iter().map(|body| body.id.as_str()).filter(|id| id.contains('-'));
    bodies.chain(["ITU-T", "ITU-D"]).collect()
});

impl FromStr for ResolutionId {
    type Err = NotAnId;

    /// Splits at the last hyphen that a digit or an upper-case symbol follows, so that `ITU-R-61` is number 61 of
    /// `ITU-R` and `UNGA-ES-11/1` is number `ES-11/1` of `UNGA`.
    fn from_str(text: &str) -> Result<ResolutionId, NotAnId> {
        let wrong = || NotAnId(text.to_owned());
        let text = text.trim();
        let hyphened = HYPHENED.iter().find(|body| text.starts_with(**body));
        // Behind the body may stand a kind: `ITU-R Opinion-2`.
        let head = hyphened.and_then(|body| Some(body.len() + text.get(body.len()..)?.find('-')? + 1));
        let split = head.or_else(|| text.find('-').map(|at| at + 1)).ok_or_else(wrong)?;
        let (body, number) = (&text[..split - 1], &text[split..]);
        if body.is_empty() || !number.contains(|c: char| c.is_ascii_digit()) {
            return Err(wrong());
        }
        Ok(ResolutionId::new(body, number))
    }
}

impl Serialize for ResolutionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ResolutionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ResolutionId, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for ResolutionId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ResolutionId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "BODY-NUMBER, as in PP-140, UNGA-70/125, ITU-R-61",
            "pattern": "^.+-.*[0-9].*$"
        })
    }
}

/// The session that a number such as `2625 (XXV)` names; `None` for a number of another shape.
pub fn roman_session(number: &str) -> Option<u32> {
    let numeral = number.split_once('(')?.1.strip_suffix(')')?;
    Numeral::read(numeral)
        .into_iter()
        .find(|(numeral, _)| *numeral == Numeral::Roman { upper: true })
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_print_as_they_are_read() {
        for (text, body, number) in [
            ("PP-140", "PP", "140"),
            ("UNGA-70/125", "UNGA", "70/125"),
            ("UNGA-ES-11/1", "UNGA", "ES-11/1"),
            ("ITU-R-61", "ITU-R", "61"),
            ("ITU-R Opinion-2", "ITU-R Opinion", "2"),
            ("UN-Habitat Assembly-1/1", "UN-Habitat Assembly", "1/1"),
            ("UN-Habitat Assembly Decision-1/1", "UN-Habitat Assembly Decision", "1/1"),
            ("ICAO Assembly-A41-21", "ICAO Assembly", "A41-21"),
            ("WHA-WHA75.8", "WHA", "WHA75.8"),
            ("PP Decision-5", "PP Decision", "5"),
        ] {
            let id: ResolutionId = text.parse().expect(text);
            assert_eq!((id.body.as_str(), id.number.as_str()), (body, number));
            assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn a_word_is_no_id() {
        assert!("annex".parse::<ResolutionId>().is_err());
        assert!("well-known".parse::<ResolutionId>().is_err());
    }
}
