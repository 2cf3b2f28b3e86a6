//! What waits to go out to the client: little, however long it does not read and however much there is to be said.
//!
//! Of a document only the diagnostics wait that are true now, of a bar only where it stands now, and of lines for people
//! the last ones. Beginnings and ends, parts of answers and marks all stay, in order: there are as many as the client asked
//! for.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::Notify;
use tower_lsp::ls_types::{MessageType, NumberOrString, PublishDiagnosticsParams, Uri};

use super::socket::MarkParams;

/// As many bytes of lines wait at most, or one line that is longer: ten thousand lines.
const LINES: usize = 1 << 20;

/// What a line takes beside its letters, in bytes.
const LINE: usize = 64;

/// Something to be said.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A line for the server's log in the editor.
    Log(MessageType, String),
    /// A message for the drafter.
    Show(MessageType, String),
    /// The diagnostics of a document.
    Diagnostics(PublishDiagnosticsParams),
    /// The beginning or the end of a bar, or a part of an answer.
    Progress(NumberOrString, Value),
    /// Where a bar stands.
    Report(NumberOrString, Value),
    /// That all before it went out.
    Mark(MarkParams),
}

/// What waits; one takes from it, and anybody adds.
#[derive(Default)]
pub(super) struct Waiting {
    queue: Mutex<Queue>,
    more: Notify,
}

/// The right to publish diagnostics of a document, until a later one is given out.
pub(super) struct Ticket {
    uri: Uri,
    number: u64,
    waiting: Arc<Waiting>,
}

impl Ticket {
    /// Whether newer diagnostics are wanted.
    pub(super) fn is_stale(&self) -> bool {
        self.waiting.lock().is_stale(self)
    }
}

impl Waiting {
    /// A ticket for the diagnostics of a document; those still under way are stale from now on, and those that wait are
    /// forgotten.
    pub(super) fn ticket(self: &Arc<Waiting>, uri: &Uri) -> Ticket {
        Ticket { uri: uri.clone(), number: self.lock().ticket(uri), waiting: Arc::clone(self) }
    }

    /// Adds diagnostics unless the ticket is stale.
    pub(super) fn publish(&self, params: PublishDiagnosticsParams, ticket: &Ticket) {
        let mut queue = self.lock();
        if !queue.is_stale(ticket) {
            queue.push(Outgoing::Diagnostics(params));
            drop(queue);
            self.more.notify_one();
        }
    }

    /// Adds what is not diagnostics of a document.
    pub(super) fn push(&self, message: Outgoing) {
        self.lock().push(message);
        self.more.notify_one();
    }

    /// Takes what goes out next, when there is something.
    pub(super) async fn next(&self) -> Outgoing {
        loop {
            let next = self.lock().pop();
            match next {
                Some(message) => return message,
                None => self.more.notified().await,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
struct Queue {
    /// By the number under which each came, in which order they go out.
    messages: BTreeMap<u64, Outgoing>,
    count: u64,
    /// The ticket of each document that was given out last.
    tickets: HashMap<Uri, u64>,
    /// Of each document, under which number its diagnostics wait.
    diagnostics: HashMap<Uri, u64>,
    /// Of each bar, under which number it waits to be said where it stands.
    reports: HashMap<NumberOrString, u64>,
    /// The lines that wait, and their bytes.
    lines: VecDeque<u64>,
    bytes: usize,
    /// How many lines before these were left out.
    left_out: usize,
}

impl Queue {
    fn ticket(&mut self, uri: &Uri) -> u64 {
        if let Some(stale) = self.diagnostics.remove(uri) {
            self.messages.remove(&stale);
        }
        let number = self.tickets.entry(uri.clone()).or_default();
        *number += 1;
        *number
    }

    fn is_stale(&self, ticket: &Ticket) -> bool {
        self.tickets.get(&ticket.uri).is_some_and(|number| *number != ticket.number)
    }

    fn push(&mut self, message: Outgoing) {
        self.count += 1;
        let number = self.count;
        let superseded = match &message {
            Outgoing::Diagnostics(params) => self.diagnostics.insert(params.uri.clone(), number),
            Outgoing::Report(token, _) => self.reports.insert(token.clone(), number),
            Outgoing::Progress(token, _) => {
                // What comes behind it says more than what stands before it, and both stay.
                self.reports.remove(token);
                None
            }
            Outgoing::Log(_, line) | Outgoing::Show(_, line) => {
                self.make_room(line.len() + LINE);
                self.lines.push_back(number);
                None
            }
            Outgoing::Mark(_) => None,
        };
        if let Some(superseded) = superseded {
            self.messages.remove(&superseded);
        }
        self.messages.insert(number, message);
    }

    /// Leaves out the first lines that wait, until there is room for one of so many bytes.
    fn make_room(&mut self, bytes: usize) {
        while self.bytes + bytes > LINES {
            let Some(first) = self.lines.pop_front() else { break };
            if let Some(Outgoing::Log(_, line) | Outgoing::Show(_, line)) = self.messages.remove(&first) {
                self.bytes -= line.len() + LINE;
                self.left_out += 1;
            }
        }
        self.bytes += bytes;
    }

    fn pop(&mut self) -> Option<Outgoing> {
        let first = self.messages.first_entry()?;
        let (number, message) = (*first.key(), first.get());
        match message {
            Outgoing::Log(_, line) | Outgoing::Show(_, line) => {
                // They stood before this one.
                if self.left_out > 0 {
                    let count = std::mem::take(&mut self.left_out);
                    let message = format!("{count} earlier lines were left out here, as nobody read them");
                    return Some(Outgoing::Log(MessageType::WARNING, message));
                }
                self.bytes -= line.len() + LINE;
                self.lines.pop_front();
            }
            Outgoing::Diagnostics(params) => drop(self.diagnostics.remove(&params.uri)),
            Outgoing::Report(token, _) if self.reports.get(token) == Some(&number) => drop(self.reports.remove(token)),
            Outgoing::Report(..) | Outgoing::Progress(..) | Outgoing::Mark(_) => {}
        }
        Some(first.remove())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::str::FromStr;

    use serde_json::json;

    use super::*;

    /// All that waits, in words.
    fn all(waiting: &Waiting) -> Vec<String> {
        let mut queue = waiting.lock();
        let said = |message| match message {
            Outgoing::Log(_, line) | Outgoing::Show(_, line) => line,
            Outgoing::Diagnostics(params) => format!("{} {}", params.uri.as_str(), params.version.unwrap_or_default()),
            Outgoing::Progress(token, value) | Outgoing::Report(token, value) => format!("{token:?} {value}"),
            Outgoing::Mark(_) => "mark".to_owned(),
        };
        let all = std::iter::from_fn(|| queue.pop()).map(said).collect();
        assert_eq!((queue.bytes, queue.lines.len()), (0, 0));
        assert!(queue.diagnostics.is_empty() && queue.reports.is_empty());
        all
    }

    fn uri(name: &str) -> Uri {
        Uri::from_str(&format!("untitled:{name}")).unwrap()
    }

    fn publish(waiting: &Arc<Waiting>, name: &str, version: i32) {
        let ticket = waiting.ticket(&uri(name));
        waiting.publish(PublishDiagnosticsParams::new(uri(name), Vec::new(), Some(version)), &ticket);
    }

    fn log(waiting: &Waiting, line: impl Into<String>) {
        waiting.push(Outgoing::Log(MessageType::INFO, line.into()));
    }

    #[test]
    fn of_a_document_the_last_diagnostics_wait() {
        let waiting = Arc::new(Waiting::default());
        for version in 0..1000 {
            publish(&waiting, "a", version);
            publish(&waiting, "b", version);
            assert!(waiting.lock().messages.len() <= 2);
        }
        log(&waiting, "behind");
        publish(&waiting, "a", 1000);
        assert_eq!(all(&waiting), ["untitled:b 999", "behind", "untitled:a 1000"]);
    }

    #[test]
    fn what_is_stale_is_neither_kept_nor_added() {
        let waiting = Arc::new(Waiting::default());
        publish(&waiting, "a", 1);
        let (old, new) = (waiting.ticket(&uri("a")), waiting.ticket(&uri("a")));
        assert!(waiting.lock().messages.is_empty());
        assert!(old.is_stale() && !new.is_stale());
        waiting.publish(PublishDiagnosticsParams::new(uri("a"), Vec::new(), Some(2)), &old);
        assert_eq!(all(&waiting), [""; 0]);
        waiting.publish(PublishDiagnosticsParams::new(uri("a"), Vec::new(), Some(3)), &new);
        assert_eq!(all(&waiting), ["untitled:a 3"]);
    }

    #[test]
    fn the_last_lines_wait_and_the_others_are_counted_where_they_stood() {
        let waiting = Arc::new(Waiting::default());
        publish(&waiting, "a", 1);
        for number in 0..100_000 {
            log(&waiting, format!("line {number}"));
        }
        let queue = waiting.lock();
        assert!(queue.bytes <= LINES && queue.messages.len() == queue.lines.len() + 1);
        let kept = queue.lines.len();
        drop(queue);
        let all = all(&waiting);
        let count = 100_000 - kept;
        assert_eq!(
            all[..2],
            ["untitled:a 1", &format!("{count} earlier lines were left out here, as nobody read them")]
        );
        assert_eq!(all[2], format!("line {count}"));
        assert_eq!(all.last().unwrap(), "line 99999");
        assert_eq!(all.len(), kept + 2);
    }

    #[test]
    fn a_line_that_is_longer_than_all_may_be_goes_out() {
        let waiting = Arc::new(Waiting::default());
        log(&waiting, "short");
        log(&waiting, "x".repeat(2 * LINES));
        let all = all(&waiting);
        assert_eq!((all.len(), all[1].len()), (2, 2 * LINES));
        log(&waiting, "short");
        assert_eq!(self::all(&waiting), ["short"]);
    }

    #[test]
    fn of_a_bar_its_beginning_where_it_stands_and_its_end_wait() {
        let waiting = Arc::new(Waiting::default());
        let token = NumberOrString::Number(7);
        let push = |what: fn(NumberOrString, Value) -> Outgoing, value| waiting.push(what(token.clone(), json!(value)));
        push(Outgoing::Progress, "begin");
        for percent in ["1", "2", "3"] {
            push(Outgoing::Report, percent);
        }
        push(Outgoing::Progress, "part");
        push(Outgoing::Report, "4");
        push(Outgoing::Report, "5");
        push(Outgoing::Progress, "end");
        let expected = ["begin", "3", "part", "5", "end"].map(|value| format!("Number(7) \"{value}\""));
        assert_eq!(all(&waiting), expected);
    }

    #[tokio::test]
    async fn what_is_added_later_is_waited_for() {
        let waiting = Arc::new(Waiting::default());
        let adding = Arc::clone(&waiting);
        let thread = std::thread::spawn(move || (0..100).for_each(|number| log(&adding, format!("{number}"))));
        for number in 0..100 {
            let Outgoing::Log(_, line) = waiting.next().await else { panic!("a line was added") };
            assert_eq!(line, number.to_string());
        }
        thread.join().unwrap();
    }
}
