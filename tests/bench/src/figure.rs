//! One figure of the page.

use serde::Serialize;

use crate::sample::Sample;

/// What is measured, beside its limit and its target.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// The part of the page.
    pub part: &'static str,
    /// What of it.
    pub name: String,
    /// The median in milliseconds, or what [`Figure::unit`] says; nothing where it was cut off.
    pub value: Option<f64>,
    /// What `value` counts.
    pub unit: Unit,
    /// The 99th of 100, in milliseconds, where there are enough runs for one.
    pub p99: Option<f64>,
    /// How many runs.
    pub runs: usize,
    /// The limit, in the same unit.
    pub limit: Option<f64>,
    /// What the limit is.
    pub limit_is: &'static str,
    /// How many bytes of text were worked through.
    pub bytes: Option<u64>,
    /// What it should be.
    pub targets: Vec<Target>,
    /// What else there is to say: what was answered, what was cut off.
    pub note: String,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Bytes of memory for each byte of text.
    PerByte,
}

/// What a figure should be at most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The median.
    Median(f64),
    /// The 99th of 100.
    P99(f64),
    /// The median by the limit.
    Ratio(f64),
}

impl Figure {
    /// A figure of which nothing is known yet.
    pub fn new(part: &'static str, name: impl Into<String>) -> Figure {
        Figure {
            part,
            name: name.into(),
            value: None,
            unit: Unit::Ms,
            p99: None,
            runs: 0,
            limit: None,
            limit_is: "",
            bytes: None,
            targets: Vec::new(),
            note: String::new(),
        }
    }

    /// The figure with what was measured, or with why it was not.
    pub fn measured(mut self, sample: &anyhow::Result<Sample>) -> Figure {
        match sample {
            Ok(sample) => {
                self.value = Some(sample.median());
                self.runs = sample.runs();
                self.p99 = (sample.runs() >= 100).then(|| sample.p99());
                if sample.cut {
                    self.say("fewer runs than wanted, for want of time");
                }
            }
            Err(error) => self.say(&format!("cut off: {error:#}")),
        }
        self
    }

    /// The figure with its limit.
    pub fn beside(mut self, limit: f64, is: &'static str) -> Figure {
        self.limit = Some(limit);
        self.limit_is = is;
        self
    }

    /// The figure with a target.
    pub fn target(mut self, target: Target) -> Figure {
        self.targets.push(target);
        self
    }

    /// The figure with the bytes worked through.
    pub fn of_bytes(mut self, bytes: u64) -> Figure {
        self.bytes = Some(bytes);
        self
    }

    /// Adds a note.
    pub fn say(&mut self, note: &str) {
        if !self.note.is_empty() {
            self.note.push_str("; ");
        }
        self.note.push_str(note);
    }

    /// By what the figure goes from run to run.
    pub fn key(&self) -> String {
        format!("{}/{}", self.part, self.name)
    }

    /// The figure by its limit.
    pub fn ratio(&self) -> Option<f64> {
        Some(self.value? / self.limit.filter(|limit| *limit > 0.0)?)
    }

    /// Of each target, what was measured for it, by how much it is exceeded: above 1 it is missed.
    pub fn outcomes(&self) -> Vec<(Target, Option<f64>)> {
        let by = |measured: Option<f64>, target: f64| measured.map(|measured| measured / target);
        let outcome = |target: &Target| match target {
            Target::Median(target) => by(self.value, *target),
            Target::P99(target) => by(self.p99, *target),
            Target::Ratio(target) => by(self.ratio(), *target),
        };
        self.targets.iter().map(|target| (*target, outcome(target))).collect()
    }
}
