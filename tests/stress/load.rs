//! More than any drafter does.

use fastrand::Rng;
use resmark_tests::wire::Wire;
use resmark_tests::{boundary, generate};
use serde_json::{Value, json};

/// A document as it must be.
struct Model {
    uri: String,
    text: String,
    version: i32,
}

impl Model {
    fn open(wire: &mut Wire, name: usize, text: String) -> Model {
        let uri = format!("untitled:{name}");
        wire.open(&uri, &text);
        Model { uri, text, version: 1 }
    }

    /// Types somewhere, or deletes a little; the server is told the place in bytes of a line.
    fn edit(&mut self, wire: &mut Wire, random: &mut Rng) {
        let start = boundary(&self.text, random.usize(..=self.text.len()));
        let end = boundary(&self.text, (start + random.usize(..9)).min(self.text.len())).max(start);
        let end = if random.u8(..3) > 0 { start } else { end };
        let put = [
            "a",
            "b) ",
            "\n",
            "决",
            "😀",
            "*recalling*\n",
            "{++",
            "++}",
            "1. x;\n",
            "Resolution 140 (Rev. Dubai, 2018)",
            "",
        ];
        let put = random.choice(put).unwrap();
        let range = json!({ "start": self.position(start), "end": self.position(end) });
        self.text.replace_range(start..end, put);
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        let changes = json!([{ "range": range, "text": put }]);
        wire.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn position(&self, at: usize) -> Value {
        let before = &self.text[..at];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        json!({ "line": before.matches('\n').count(), "character": at - line })
    }
}

fn utf_8() -> Value {
    json!({ "general": { "positionEncodings": ["utf-8"] } })
}

#[test]
fn ten_thousand_changes_and_requests_are_answered_in_order() {
    let mut wire = Wire::start();
    wire.initialize(utf_8(), &[]);
    let mut random = Rng::with_seed(140);
    let mut models: Vec<Model> =
        (0..4).map(|name| Model::open(&mut wire, name, "# Resolution 1\n\na) x;\n".repeat(4))).collect();
    let mut expected = Vec::new();
    let methods = [
        "textDocument/documentSymbol",
        "textDocument/hover",
        "textDocument/semanticTokens/full",
        "textDocument/foldingRange",
    ];
    for step in 0..10_000 {
        let model = &mut models[random.usize(..4)];
        if model.text.len() > 2000 {
            model.text.clear();
            model.version += 1;
            let document = json!({ "uri": model.uri, "version": model.version });
            wire.notify(
                "textDocument/didChange",
                json!({ "textDocument": document, "contentChanges": [{ "text": "" }] }),
            );
        }
        match step % 4 {
            0 => {
                let id = wire.ask("resmark/viewText", json!({ "uri": model.uri }));
                expected.push((id, Some(model.text.clone())));
            }
            1 if random.bool() => {
                let place = model.position(0);
                let params = json!({ "textDocument": { "uri": model.uri }, "position": place });
                expected.push((wire.ask(random.choice(methods).unwrap(), params), None));
            }
            _ => model.edit(&mut wire, &mut random),
        }
    }
    let mut answers = std::collections::HashMap::new();
    while answers.len() < expected.len() {
        let message = wire.receive(resmark_tests::wire::PATIENCE).expect("every request is answered");
        if let (None, Some(id)) = (message.get("method"), message["id"].as_i64()) {
            assert!(answers.insert(id, message).is_none(), "{id} is answered twice");
        }
    }
    for (id, text) in expected {
        let answer = &answers[&id];
        assert!(answer.get("error").is_none(), "{answer}");
        if let Some(text) = text {
            assert_eq!(answer["result"]["text"], *text);
        }
    }
    assert_eq!(wire.leave().code(), Some(0));
    assert_eq!(wire.errors(), "");
}

#[test]
fn fifty_documents_are_typed_into_at_once() {
    let mut wire = Wire::start();
    wire.initialize(utf_8(), &[]);
    let mut random = Rng::with_seed(140);
    let mut models: Vec<Model> =
        (0..50).map(|name| Model::open(&mut wire, name, generate::resolution(2000, name))).collect();
    for _ in 0..20 {
        for model in &mut models {
            model.edit(&mut wire, &mut random);
        }
    }
    for model in &models {
        assert_eq!(wire.text(&model.uri).as_deref(), Some(model.text.as_str()));
    }
    // What is found in the last text of each comes by itself.
    for model in &models {
        let last = |message: &Value| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == *model.uri
                && params["version"] == model.version
        };
        wire.until(last);
    }
    assert_eq!(wire.leave().code(), Some(0));
    assert_eq!(wire.errors(), "");
}
