//! Words to citations.

use super::id::{Body, ResolutionId, Version};
use crate::syntax::{ParagraphIndex, Side, TextRange};

/// What is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instrument {
    /// A resolution.
    Resolution,
    /// A decision.
    Decision,
    /// An opinion.
    Opinion,
    /// A recommendation of a conference (`Recommendation 7 (Rev. Dubai, 2018)`), not of a sector's series.
    Recommendation,
    /// A draft by its symbol, `A/78/L.49`.
    Draft,
}

/// The version that a citation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedVersion {
    /// The place, as `data/places.json` names it in English; `None` where the text gives only a year.
    pub place: Option<String>,
    /// The year.
    pub year: u16,
    /// Whether the text says that it is a revision (`Rev.`, 修订版).
    pub revised: bool,
    /// The parenthesis in the source that says so, its brackets included.
    pub range: TextRange,
    /// Where in the source the place's name is written, if it is.
    pub place_range: Option<TextRange>,
    /// Where in the source the year is written: four digits.
    pub year_range: TextRange,
}

/// One resolution cited once. A group (`Resolutions 101 and 102 (Rev. Busan, 2014)`) is one citation for each member,
/// the version shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The paragraph that it stands in.
    pub paragraph: ParagraphIndex,
    /// The reading in which it was read. A citation that is the same in both readings is listed once, as
    /// [`Side::Amended`], with `in_both` set.
    pub side: Side,
    /// Whether the other reading has the very same citation at the same place.
    pub in_both: bool,
    /// From the first word that belongs to it to the last, in the source: `第140号决议（2018年，迪拜，修订版）`,
    /// `Resolution 140 (Rev. Dubai, 2018)`, `70/125 of 16 December 2015`. For the members of a group behind the
    /// first, from their number on.
    pub range: TextRange,
    /// Its words in this reading.
    pub text: String,
    /// The number's place in the source.
    pub number_range: TextRange,
    /// What is cited.
    pub instrument: Instrument,
    /// The number as written, normalised: `140`, `70/125`, `1325 (2000)`, `61-2`.
    pub number: String,
    /// The body; `None` where the text leaves it open.
    pub body: Option<Body>,
    /// Why it is this body, for the drafter to read: “named beside it”, “PP met in Dubai in 2018”.
    pub body_reason: Option<String>,
    /// Which bodies it may be where that is open.
    pub candidates: Vec<Body>,
    /// The resolution, where the body is known. The number is without a version suffix (`ITU-R 61-2` is `ITU-R-61`).
    pub id: Option<ResolutionId>,
    /// The version in the text, if any.
    pub cited_version: Option<CitedVersion>,
    /// The version as an id writes it, if the text names one.
    pub version: Option<Version>,
    /// Whether the drafter pinned it, `[…](=)`: this version is meant, old or not. With a full id between the
    /// parentheses, `id` and `version` come from there.
    pub pinned: bool,
    /// Whether it is named as history (“recalling that Resolution 169 (Rev. Busan, 2014) confirmed …”).
    pub historical: bool,
}
