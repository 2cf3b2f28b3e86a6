//! Markdown as the words alone, for clients that do not render it.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The words of a Markdown text: paragraphs apart, list items behind a dash, quotations set in, addresses of links behind
/// their words; no signs.
pub(super) fn plain(markdown: &str) -> String {
    let mut writer = Writer::default();
    let mut addresses: Vec<String> = Vec::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                writer.words(&words);
            }
            Event::SoftBreak | Event::HardBreak => writer.line(),
            Event::Rule => {
                writer.apart();
                writer.words("———");
                writer.apart();
            }
            Event::Start(Tag::BlockQuote(_)) => {
                writer.apart();
                writer.quotes += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                writer.apart();
                writer.quotes = writer.quotes.saturating_sub(1);
            }
            Event::Start(Tag::Item) => {
                writer.line();
                writer.words("- ");
            }
            Event::Start(Tag::Link { dest_url, .. }) => addresses.push(dest_url.into_string()),
            Event::End(TagEnd::Link) => {
                let address = addresses.pop().unwrap_or_default();
                if !writer.text.ends_with(&address) {
                    writer.words(&format!(" <{address}>"));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::CodeBlock) => writer.apart(),
            _ => {}
        }
    }
    writer.text
}

/// Lines are begun only when there are words for them, so that none is left empty at the end.
#[derive(Default)]
struct Writer {
    text: String,
    /// How many quotations the words stand in.
    quotes: usize,
    /// How many line breaks come before the next words.
    breaks: usize,
}

impl Writer {
    fn line(&mut self) {
        self.breaks = self.breaks.max(1);
    }

    fn apart(&mut self) {
        self.breaks = 2;
    }

    fn words(&mut self, words: &str) {
        if !self.text.is_empty() {
            self.text.push_str(&"\n".repeat(self.breaks));
        }
        if self.text.is_empty() || self.breaks > 0 {
            self.text.push_str(&"  ".repeat(self.quotes));
        }
        self.breaks = 0;
        self.text.push_str(words);
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(markdown: &str, expected: Expect) {
        expected.assert_eq(&plain(markdown));
    }

    #[test]
    fn the_words_stay_and_the_signs_go() {
        check(
            "**Resolution 1** · `PP-1`\n\n*The benches*\n\nSources: [example](http://example.org/a), \
             https://example.org\n\n---\n\nFrom `b.resmark`\n\n> 1\\. to mend:\n>\n> a) now;\n>\n\n- one\n- two\n",
            expect![[r#"
                Resolution 1 · PP-1

                The benches

                Sources: example <http://example.org/a>, https://example.org

                ———

                From b.resmark

                  1. to mend:

                  a) now;

                - one
                - two"#]],
        );
    }

    #[test]
    fn nothing_is_nothing() {
        check("", expect![[""]]);
        check("\n\n", expect![[""]]);
    }
}
