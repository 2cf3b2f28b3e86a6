//! Runs a target on one input after another, and makes of the first that fails a small one, in a file.
//!
//! Inputs are values that JSON can hold, so that one that fails is a file: it can be read, made smaller without knowing
//! what it is, and put beside the tests, where it is tried each time from then on. What ends the process (a stack that is
//! used up, memory without end, an input that never comes to its end) leaves its input behind too: each is written down
//! before it is tried.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, Once};
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::shrink::smallest;

/// What is tried.
pub trait Target {
    /// What is tried on.
    type Input: Serialize + DeserializeOwned;

    /// So many inputs are tried within the tests.
    const CASES: usize;

    /// Gets ready what takes its time once.
    fn prepare() {}

    /// Makes an input; `large` now and then one that takes longer.
    fn make(random: &mut Rng, large: bool) -> Self::Input;

    /// Tries an input. A panic is a failure as well, whoever catches it.
    ///
    /// # Errors
    ///
    /// What does not hold; the first line is the same for inputs that show the same fault.
    fn check(input: &Self::Input) -> Result<(), String>;
}

/// How long one input may take before it counts as one that never ends: far longer than any does, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// How much memory trying one input after another may come to hold, in bytes.
const MEMORY: u64 = 2 << 30;

/// As much stack as the server gives its threads.
const STACK_BYTES: usize = 16 << 20;

/// How long a failing input is made smaller at most.
const SHRINKING: Duration = Duration::from_secs(60);

/// After so many different findings one has enough to do.
const FINDINGS: usize = 8;

/// What is asked for in the environment.
struct Asked {
    /// How long to go on; else as many inputs as the target says.
    time: Option<Duration>,
    seed: u64,
    /// Where inputs are kept.
    out: PathBuf,
}

impl Asked {
    fn of_environment() -> Asked {
        let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
        Asked {
            time: number("RESMARK_FUZZ_SECONDS").map(Duration::from_secs),
            seed: number("RESMARK_FUZZ_SEED").unwrap_or(140),
            out: std::env::var_os("RESMARK_FUZZ_OUT")
                .map_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz"), PathBuf::from),
        }
    }
}

/// Runs the target of this name, as asked for in the environment.
///
/// # Panics
///
/// When something was found.
pub fn run<T: Target>(name: &str) {
    let asked = Asked::of_environment();
    let body = || run_here::<T>(name, &asked);
    let findings = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES);
        thread.spawn_scoped(scope, body).unwrap().join().unwrap()
    });
    assert!(findings.is_empty(), "{}", findings.join("\n\n"));
}

fn run_here<T: Target>(name: &str, asked: &Asked) -> Vec<String> {
    std::fs::create_dir_all(&asked.out).unwrap();
    T::prepare();
    let current = asked.out.join(format!("{name}.current.json"));
    let watch = Watch::begin(name, &current);
    let trial = Trial::<T> { current, watch, target: std::marker::PhantomData };
    let mut findings = BTreeMap::new();
    for (path, input) in cases(name) {
        if let Some(fault) = trial.fault(&input) {
            findings.insert(path.display().to_string(), format!("{}: {fault}", path.display()));
        }
    }
    let begun = Instant::now();
    let mut tried = 0;
    let goes_on = |tried: usize| asked.time.map_or(tried < T::CASES, |time| begun.elapsed() < time);
    while goes_on(tried) && findings.len() < FINDINGS {
        // Every input has a seed of its own: the random numbers that one takes change nothing for the next.
        let mut random = Rng::with_seed(asked.seed.wrapping_mul(1_000_003).wrapping_add(tried as u64));
        let input = serde_json::to_value(T::make(&mut random, asked.time.is_some())).unwrap();
        tried += 1;
        let Some(fault) = trial.fault(&input) else { continue };
        let key = key(&fault).to_owned();
        if findings.contains_key(&key) {
            continue;
        }
        // As found first: making it smaller may take its time, and may never end.
        let found = keep(&asked.out, name, &input);
        let until = Instant::now() + SHRINKING;
        let same = |input: &Value| trial.fault(input).is_some_and(|fault| self::key(&fault) == key);
        let small = smallest(input, until, same);
        std::fs::write(&found, serde_json::to_string_pretty(&small).unwrap()).unwrap();
        let fault = trial.fault(&small).unwrap_or(fault);
        let place = format!("tests/fuzz/cases/{name}/");
        findings.insert(
            key,
            format!("{fault}\n\nThe input: {}\nTo keep it as a test: put it into {place}", found.display()),
        );
    }
    let (seconds, memory) = (begun.elapsed().as_secs(), memory() >> 20);
    say(&format!("fuzz {name}: {tried} inputs in {seconds} s, {} findings, {memory} MB at the end", findings.len()));
    findings.into_values().collect()
}

/// What fails in the same way has the same first line.
fn key(fault: &str) -> &str {
    fault.lines().next().unwrap_or_default()
}

/// The inputs that once made something fail.
fn cases(name: &str) -> Vec<(PathBuf, Value)> {
    let folder = resmark_tests::root().join("tests/fuzz/cases").join(name);
    let mut paths: Vec<PathBuf> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) => Vec::new(),
    };
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths
        .into_iter()
        .map(|path| (path.clone(), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
        .collect()
}

fn keep(out: &Path, name: &str, input: &Value) -> PathBuf {
    let text = input.to_string();
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let path = out.join(format!("{name}-{hash:016x}.json"));
    std::fs::write(&path, text).unwrap();
    path
}

/// Trying an input.
struct Trial<T> {
    current: PathBuf,
    watch: Watch,
    target: std::marker::PhantomData<T>,
}

impl<T: Target> Trial<T> {
    /// What is wrong, if anything.
    fn fault(&self, input: &Value) -> Option<String> {
        let Ok(input) = T::Input::deserialize(input) else { return None };
        std::fs::write(&self.current, serde_json::to_vec(&input).unwrap()).unwrap();
        let _watched = self.watch.begins();
        let (outcome, panics) = listening(|| T::check(&input));
        match (outcome, panics.into_iter().next()) {
            (_, Some(panic)) => Some(panic),
            (Ok(Err(fault)), None) => Some(fault),
            (Err(()), None) => Some("a panic that says nothing".to_owned()),
            (Ok(Ok(())), None) => None,
        }
    }
}

thread_local! {
    static LISTENING: Cell<bool> = const { Cell::new(false) };
    static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Does `work` and tells which panics there were on this thread, also those that somebody caught.
fn listening<R>(work: impl FnOnce() -> R) -> (Result<R, ()>, Vec<String>) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !LISTENING.get() {
                return usual(info);
            }
            let place = info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
            let payload = info.payload();
            let message = payload.downcast_ref::<&str>().copied();
            let message =
                message.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
            let backtrace = std::backtrace::Backtrace::capture();
            HEARD.with_borrow_mut(|heard| heard.push(format!("a panic at {place}\n{message}\n{backtrace}")));
        }));
    });
    LISTENING.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(work)).map_err(drop);
    LISTENING.set(false);
    (outcome, HEARD.take())
}

/// Looks from beside whether an input ever comes to its end, and whether memory does not.
struct Watch {
    since: std::sync::Arc<Mutex<Option<Instant>>>,
    /// Closed when nothing more is tried.
    _end: mpsc::Sender<()>,
}

/// While this lives an input is being tried.
struct Watched<'a>(&'a Watch);

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        *self.0.since.lock().unwrap() = None;
    }
}

impl Watch {
    fn begin(name: &str, current: &Path) -> Watch {
        let (end, ended) = mpsc::channel();
        let since = std::sync::Arc::new(Mutex::new(None::<Instant>));
        let (name, current, looked) = (name.to_owned(), current.to_owned(), std::sync::Arc::clone(&since));
        std::thread::spawn(move || {
            while ended.recv_timeout(Duration::from_millis(200)) == Err(RecvTimeoutError::Timeout) {
                let long = looked.lock().unwrap().is_some_and(|since| since.elapsed() > PATIENCE);
                let why = match memory() {
                    held if held > MEMORY => format!("it holds {} MB", held >> 20),
                    _ if long => format!("it did not come to its end within {} s", PATIENCE.as_secs()),
                    _ => continue,
                };
                say(&format!("fuzz {name}: {why}; the input: {}", current.display()));
                std::process::exit(101);
            }
        });
        Watch { since, _end: end }
    }

    fn begins(&self) -> Watched<'_> {
        *self.since.lock().unwrap() = Some(Instant::now());
        Watched(self)
    }
}

/// How much memory this process holds, in bytes; 0 where the system does not say so.
fn memory() -> u64 {
    resmark_tests::memory::held(std::process::id()).unwrap_or(0)
}

/// Says something past the harness, which keeps what tests print.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails on a text with a `b` in it.
    struct Planted;

    impl Target for Planted {
        type Input = Vec<String>;
        const CASES: usize = 200;

        fn make(random: &mut Rng, _: bool) -> Vec<String> {
            (0..random.usize(..5)).map(|_| (0..random.usize(..9)).map(|_| random.char('a'..'h')).collect()).collect()
        }

        fn check(input: &Vec<String>) -> Result<(), String> {
            match input.iter().any(|text| text.contains('b')) {
                // Somebody catches it, and it is found all the same.
                true => catch_unwind(|| panic!("there is a b")).map_err(|_| "another fault".to_owned()),
                false => Ok(()),
            }
        }
    }

    #[test]
    fn a_fault_is_found_and_made_small() {
        let out = tempfile::tempdir().unwrap();
        let asked = Asked { time: None, seed: 1, out: out.path().to_owned() };
        let findings = run_here::<Planted>("planted", &asked);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].contains("there is a b"), "{findings:?}");
        let kept = std::fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().path());
        let kept: Vec<PathBuf> = kept.filter(|path| !path.ends_with("planted.current.json")).collect();
        assert_eq!(kept.len(), 1, "{kept:?}");
        let small: Vec<String> = serde_json::from_slice(&std::fs::read(&kept[0]).unwrap()).unwrap();
        assert_eq!(small, ["b"]);
    }
}
