//! That the measuring itself works: the client is answered, and types what it says it types.

use std::time::Duration;

use resmark_bench::client::Findings;
use resmark_bench::parts::{Document, Task, keystroke};
use resmark_bench::peers::{self, Peers};
use resmark_bench::sample::Runs;
use resmark_bench::{limit, texts};
use resmark_tests::binary;

const TWICE: Runs = Runs { wanted: 2, least: 2, time: Duration::from_secs(60) };

fn task() -> Task {
    Task { server: binary().to_owned(), quick: true }
}

#[test]
fn a_keystroke_is_answered_and_the_text_is_left_as_it_was() -> anyhow::Result<()> {
    let document = Document::new(10_000)?;
    let mut client = task().serving(document.folder())?;
    document.open(&mut client)?;
    let (_, at) = texts::places(&document.text)?[1];
    let place = texts::place(&document.text, at);
    let typed = keystroke::typing(&mut client, &document.uri, place, Findings::Pushed, TWICE)?;
    assert_eq!(typed.runs(), 2);
    assert!(typed.median() > 0.0);
    let (_, answer) = client.ask("resmark/viewText", serde_json::json!({ "uri": document.uri }))?;
    assert_eq!(answer["result"]["text"].as_str(), Some(document.text.as_str()));
    assert!(limit::keystroke(&document.text, at, TWICE)?.median() > 0.0);
    Ok(())
}

#[test]
fn the_script_for_peers_has_an_answer_of_this_server_to_everything() {
    let alone = peers::all(binary(), &Peers::default());
    let mut outcomes = Vec::new();
    peers::measure(&alone, true, &mut outcomes);
    let missing: Vec<_> = outcomes.iter().filter(|outcome| outcome.median.is_none()).collect();
    assert!(outcomes.len() == 7 && missing.is_empty(), "{outcomes:#?}");
}
