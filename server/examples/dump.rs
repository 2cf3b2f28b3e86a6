//! dev only
use resmark::citation::{self, Citation};
use resmark::syntax::{lower, parse};
fn main() {
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let start = std::time::Instant::now();
        let document = lower(&text, &parse(&text));
        let mid = start.elapsed();
        let found = citation::read(&document);
        let took = start.elapsed() - mid;
        eprintln!("{path} {} bytes, parse {mid:?}, read {took:?}", text.len());
        for i in &found.identities {
            println!(
                "{path}\t0\tIDENT\t{:?}\t{:?}\t{:?}\t{:?}\t{:?}\t-",
                i.id.as_ref().map(|i| i.to_string()),
                i.version,
                i.body,
                i.date.map(|d| d.to_string()),
                i.profile
            );
        }
        for c in &found.citations {
            let c: &Citation = c;
            let line = text[..usize::from(c.number_range.start())].matches('\n').count() + 1;
            println!(
                "{path}\t{line}\t{}\t{}\t{}\t{}\t{}\t{}{}\t{}\t{}",
                c.text.replace('\n', " "),
                c.id.as_ref().map_or("?".into(), |i| i.to_string()),
                c.version.clone().unwrap_or_default(),
                c.candidates.join(" "),
                c.body_reason.clone().unwrap_or_default(),
                if c.historical { "H" } else { "" },
                if c.flattened.is_some() { "F" } else { "" },
                usize::from(c.number_range.start()),
                c.number
            );
        }
    }
}
