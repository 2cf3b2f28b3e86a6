//! The edit that puts the title of what is cited beside the citation.

use super::Input;
use super::citation_common::Judge;
use super::citation_fix::{Writer, language_of};
use super::citation_fix_insert::list;
use super::citation_title::title_of;
use crate::citation::Instrument;
use crate::syntax::{Language, TextEdit, TextRange, TextSize};

/// The title of the resolution that is cited at `offset`, and the edit that puts it beside the citation: “, entitled
/// “Transforming our world””, 题为“变革我们的世界”的. `None` where a title stands there already, where the catalogue has none
/// that is certain in the text's language, and where the words go on in a way that a title would break.
pub fn give_title(input: &Input<'_>, offset: TextSize) -> Option<(String, TextEdit)> {
    let at = |range: TextRange| range.contains_inclusive(offset);
    let index = input.facts.citations.iter().position(|citation| at(citation.range))?;
    let judge = Judge::new(input);
    let cited = judge.any_at(index)?;
    let citation = cited.citation;
    if citation.title.is_some() || list(&judge, index).len() != 1 {
        return None;
    }
    let language = language_of(input, citation)?;
    let title = title_of(&cited, language)?;
    let writer = Writer::new(input, citation.paragraph)?;
    let behind = input.text.get(usize::from(citation.range.end())..)?.chars().next();
    let ends = behind.is_none_or(|c| matches!(c, ',' | ';' | ':' | '.' | ')' | '،' | '؛' | '\n' | '\r'));
    // The word for a title agrees with the word for what it is of.
    let feminine =
        matches!(citation.instrument, Instrument::Resolution | Instrument::Decision | Instrument::Recommendation);
    let (place, words) = match language {
        Language::Zh => {
            let before = input.text.get(..usize::from(citation.range.start()))?.chars().next_back();
            // What the resolution is about stands there already.
            if before == Some('的') {
                return None;
            }
            (citation.range.start(), format!("题为“{title}”的"))
        }
        _ if !ends => return None,
        Language::En => (citation.range.end(), format!(", entitled “{title}”")),
        Language::Fr if feminine => (citation.range.end(), format!(", intitulée « {title} »")),
        Language::Fr => (citation.range.end(), format!(", intitulé « {title} »")),
        Language::Es if feminine => (citation.range.end(), format!(", titulada “{title}”")),
        Language::Es => (citation.range.end(), format!(", titulado “{title}”")),
        Language::Ru => (citation.range.end(), format!(" «{title}»")),
        Language::Ar => (citation.range.end(), format!(" المعنون “{title}”")),
    };
    let edit = writer.replace(TextRange::empty(place), &words)?;
    Some((title, edit))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::catalogue::Catalogue;
    use crate::facts::Facts;
    use crate::fixture::Fixture;
    use crate::syntax::parse;

    /// The text with the title beside the citation at `$0`; “nothing” where none is offered.
    fn given(fixture: &str) -> String {
        let Fixture { text, cursor, .. } = Fixture::parse(fixture);
        let facts = Facts::read(&text, &parse(&text));
        let catalogue = Catalogue::bundled();
        let input = Input::new(&text, &facts, &catalogue, date(2026, 1, 1), Default::default());
        let edit = cursor.and_then(|cursor| give_title(&input, cursor));
        let after = edit.and_then(|(_, edit)| TextEdit::apply_all(&text, &[edit]));
        after.map_or("nothing".to_owned(), |text| text.lines().last().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_title_goes_where_the_language_puts_it() {
        assert_eq!(
            given("General Assembly resolution 70$0/1 of 25 September 2015;\n"),
            "General Assembly resolution 70/1 of 25 September 2015, entitled “Transforming our world: the 2030 Agenda for \
             Sustainable Development”;"
        );
        assert_eq!(
            given("联合国大会第70$0/1号决议；\n"),
            "联合国大会题为“变革我们的世界：2030年可持续发展议程”的第70/1号决议；"
        );
    }

    #[test]
    fn a_tracked_text_gets_a_tracked_change() {
        assert_eq!(
            given("MOD EUR/1\n\n# Resolution 130 (Rev. Dubai, 2018)\n\na) General Assembly resolution 70$0/1;\n"),
            "a) General Assembly resolution 70/1{++, entitled “Transforming our world: the 2030 Agenda for Sustainable \
             Development”++};"
        );
    }

    #[test]
    fn nothing_is_offered_where_it_would_be_wrong() {
        for text in [
            "General Assembly resolution 70$0/1, entitled “Transforming our world”;\n",
            "General Assembly resolutions 70$0/1 and 70/125;\n",
            "General Assembly resolution 70$0/1 and its follow-up;\n",
            "General Assembly resolution 70/1; what$0 else\n",
            "résolution 70$0/1 de l’Assemblée générale;\n",
            "Resolution 140$0 (Rev. Kigali, 2022) of the Plenipotentiary Conference;\n",
        ] {
            assert_eq!(given(text), "nothing", "{text}");
        }
    }
}
