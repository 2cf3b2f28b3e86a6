//! Semantic tokens: all of a document's, those of a range, and what changed since the last answer.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tower_lsp::ls_types::*;

use super::context::Context;
use crate::ide;
use crate::ide::tokens::TokenKind;
use crate::workspace::FileId;

/// The kinds of tokens, by the names under which editors colour them; a token names its kind by its place here.
const TOKEN_TYPES: &[(TokenKind, &str)] = &[
    (TokenKind::Citation, "citation"),
    (TokenKind::Reference, "reference"),
    (TokenKind::Label, "label"),
    (TokenKind::Verb, "verb"),
    (TokenKind::Inserted, "insertion"),
    (TokenKind::Deleted, "deletion"),
    (TokenKind::Comment, "comment"),
];

/// What more is said of a token: it is part of a tracked insertion or deletion.
const TOKEN_MODIFIERS: &[&str] = &["inserted", "deleted"];

/// The names of kinds and modifiers.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TOKEN_TYPES.iter().map(|(_, name)| SemanticTokenType::new(name)).collect(),
        token_modifiers: TOKEN_MODIFIERS.iter().map(|name| SemanticTokenModifier::new(name)).collect(),
    }
}

/// `textDocument/semanticTokens/full`, with a name by which a client that asks for changes can name this answer.
pub(super) fn full(context: &Context, answers: &Answers, uri: &Uri) -> Option<SemanticTokens> {
    let file = context.file(uri)?.id;
    let data = encoded(context, uri, None)?;
    let result_id = context.profile.token_changes.then(|| answers.keep(file, &data));
    Some(SemanticTokens { result_id, data })
}

/// `textDocument/semanticTokens/range`
pub(super) fn within(context: &Context, uri: &Uri, range: Range) -> Option<SemanticTokens> {
    Some(SemanticTokens { result_id: None, data: encoded(context, uri, Some(range))? })
}

/// `textDocument/semanticTokens/full/delta`: what changed since an earlier answer, or everything where that is forgotten.
pub(super) fn changes(
    context: &Context,
    answers: &Answers,
    params: &SemanticTokensDeltaParams,
) -> Option<SemanticTokensFullDeltaResult> {
    let uri = &params.text_document.uri;
    let file = context.file(uri)?.id;
    let data = encoded(context, uri, None)?;
    let before = answers.find(file, &params.previous_result_id);
    let result_id = Some(answers.keep(file, &data));
    Some(match before {
        Some(before) => {
            let edits = difference(&before, &data).into_iter().collect();
            SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id, edits })
        }
        None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id, data }),
    })
}

/// The tokens of a document or of a range of it, each relative to the one before. One that runs over several lines is one
/// for each of them, unless the client takes it whole. None overlap, which every client takes.
fn encoded(context: &Context, uri: &Uri, within: Option<Range>) -> Option<Vec<SemanticToken>> {
    let file = context.file(uri)?;
    let within = within.map(|range| context.text_range(file, range));
    let (rope, encoding) = (&file.reading().rope, context.profile.encoding);
    let mut data = Vec::new();
    let mut before = Position::default();
    for token in ide::tokens::tokens(&context.snapshot, file.id) {
        if within.is_some_and(|within| within.intersect(token.range).is_none_or(|part| part.is_empty())) {
            continue;
        }
        let Some(kind) = TOKEN_TYPES.iter().position(|(kind, _)| *kind == token.kind) else { continue };
        let parts = match context.profile.multiline_tokens {
            true => vec![(encoding.position(rope, token.range.start()), encoding.length(rope, token.range))],
            false => encoding.lines(rope, token.range),
        };
        for (at, length) in parts {
            let same_line = at.line == before.line;
            data.push(SemanticToken {
                delta_line: at.line.saturating_sub(before.line),
                delta_start: if same_line { at.character.saturating_sub(before.character) } else { at.character },
                length,
                token_type: kind as u32,
                token_modifiers_bitset: u32::from(token.inserted) | u32::from(token.deleted) << 1,
            });
            before = at;
        }
    }
    Some(data)
}

/// The one edit, in the numbers of which a token has [`NUMBERS`], that makes `new` of `old`; `None` where they are the same.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let front = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (old.get(front..)?, new.get(front..)?);
    let back = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (old.get(..old.len() - back)?, new.get(..new.len() - back)?);
    (!old.is_empty() || !new.is_empty()).then(|| SemanticTokensEdit {
        start: front as u32 * NUMBERS,
        delete_count: old.len() as u32 * NUMBERS,
        data: Some(new.to_vec()),
    })
}

/// How many numbers say one token.
const NUMBERS: u32 = 5;

/// The last answers, for clients that ask what has changed since.
#[derive(Default)]
pub(super) struct Answers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// The oldest first.
    answers: VecDeque<Answer>,
    /// How many answers there have been.
    count: u64,
}

struct Answer {
    name: String,
    file: FileId,
    data: Arc<[SemanticToken]>,
}

/// So many answers are kept for one document: a client that gave up waiting still has the one before.
const MOST_OF_ONE: usize = 2;
/// So many tokens are kept in all, of 20 bytes each.
const MOST_TOKENS: usize = 500_000;

impl Answers {
    /// Keeps an answer, and lets older ones go; returns its name.
    fn keep(&self, file: FileId, data: &[SemanticToken]) -> String {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = kept.answers.iter().rev().find(|answer| answer.file == file);
        if let Some(same) = last.filter(|last| *last.data == *data) {
            return same.name.clone();
        }
        kept.count += 1;
        let name = kept.count.to_string();
        kept.answers.push_back(Answer { name: name.clone(), file, data: data.into() });
        let of_file = kept.answers.iter().filter(|answer| answer.file == file).count();
        if of_file > MOST_OF_ONE
            && let Some(oldest) = kept.answers.iter().position(|answer| answer.file == file)
        {
            kept.answers.remove(oldest);
        }
        while kept.answers.iter().map(|answer| answer.data.len()).sum::<usize>() > MOST_TOKENS {
            kept.answers.pop_front();
        }
        name
    }

    /// An answer for a document by its name; `None` for one that is forgotten.
    fn find(&self, file: FileId, name: &str) -> Option<Arc<[SemanticToken]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = kept.answers.iter().find(|answer| answer.file == file && answer.name == name)?;
        Some(Arc::clone(&answer.data))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(length: u32) -> SemanticToken {
        SemanticToken { delta_line: 1, delta_start: 0, length, token_type: 0, token_modifiers_bitset: 0 }
    }

    fn tokens(lengths: &[u32]) -> Vec<SemanticToken> {
        lengths.iter().copied().map(token).collect()
    }

    /// As a client does it: on the bare numbers.
    fn applied(old: &[SemanticToken], edit: Option<SemanticTokensEdit>) -> Vec<u32> {
        let numbers = |tokens: &[SemanticToken]| -> Vec<u32> {
            let of_one =
                |t: &SemanticToken| [t.delta_line, t.delta_start, t.length, t.token_type, t.token_modifiers_bitset];
            tokens.iter().flat_map(of_one).collect()
        };
        let mut all = numbers(old);
        if let Some(edit) = edit {
            let (start, count) = (edit.start as usize, edit.delete_count as usize);
            all.splice(start..start + count, numbers(&edit.data.unwrap_or_default()));
        }
        all
    }

    proptest! {
        #[test]
        fn the_changes_give_the_whole_answer(
            old in prop::collection::vec(0u32..3, 0..12),
            new in prop::collection::vec(0u32..3, 0..12),
        ) {
            let (old, new) = (tokens(&old), tokens(&new));
            prop_assert_eq!(applied(&old, difference(&old, &new)), applied(&new, None));
        }
    }

    #[test]
    fn what_is_the_same_is_not_sent_again() {
        let (old, new) = (tokens(&[1, 2, 3, 4]), tokens(&[1, 2, 9, 4]));
        let edit = difference(&old, &new).map(|edit| (edit.start, edit.delete_count, edit.data));
        assert_eq!(edit, Some((10, 5, Some(tokens(&[9])))));
        assert_eq!(difference(&old, &old), None);
    }

    #[test]
    fn old_answers_are_forgotten() {
        let answers = Answers::default();
        let (one, other) = (FileId(1), FileId(2));
        let names: Vec<String> = (0..4).map(|length| answers.keep(one, &tokens(&[length]))).collect();
        let known: Vec<bool> = names.iter().map(|name| answers.find(one, name).is_some()).collect();
        assert_eq!(known, [false, false, true, true]);
        assert!(answers.find(other, &names[3]).is_none(), "it is of another document");
        assert_eq!(answers.keep(one, &tokens(&[3])), names[3], "the same answer keeps its name");
        let large = answers.keep(other, &vec![token(0); MOST_TOKENS]);
        assert!(answers.find(one, &names[3]).is_none() && answers.find(other, &large).is_some());
        let too_large = answers.keep(other, &vec![token(1); MOST_TOKENS + 1]);
        assert!(answers.find(other, &too_large).is_none());
    }
}
