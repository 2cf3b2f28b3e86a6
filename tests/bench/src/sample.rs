//! Many runs of one thing.

use std::time::{Duration, Instant};

use anyhow::Result;

/// How often something is done, and how long at most.
#[derive(Clone, Copy, Debug)]
pub struct Runs {
    /// So often, if there is time.
    pub wanted: usize,
    /// So often in any case.
    pub least: usize,
    /// No more begins when this is used up.
    pub time: Duration,
}

impl Runs {
    /// `wanted` runs, three of them even when `seconds` are over.
    pub const fn new(wanted: usize, seconds: u64) -> Runs {
        Runs { wanted, least: 3, time: Duration::from_secs(seconds) }
    }
}

/// What many runs took, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    sorted: Vec<Duration>,
    /// Whether there was no time for all runs that were wanted.
    pub cut: bool,
}

impl Sample {
    /// Does `once` without counting it, and then as often as `runs` says; each says itself how long it took.
    ///
    /// # Errors
    /// The first of `once`.
    pub fn of(runs: Runs, mut once: impl FnMut() -> Result<Duration>) -> Result<Sample> {
        let begun = Instant::now();
        once()?;
        let mut all = Vec::with_capacity(runs.wanted);
        while all.len() < runs.wanted && (all.len() < runs.least || begun.elapsed() < runs.time) {
            all.push(once()?);
        }
        Ok(Sample::from(all, runs.wanted))
    }

    /// The sample of these runs, of `wanted` many.
    pub fn from(mut all: Vec<Duration>, wanted: usize) -> Sample {
        all.sort_unstable();
        Sample { cut: all.len() < wanted, sorted: all }
    }

    /// How many runs there were.
    pub fn runs(&self) -> usize {
        self.sorted.len()
    }

    /// The run in the middle, in milliseconds.
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// What 99 of 100 runs did not exceed, in milliseconds; with fewer runs, the slowest.
    pub fn p99(&self) -> f64 {
        self.at(0.99)
    }

    /// The smallest run that `share` of the runs did not exceed.
    fn at(&self, share: f64) -> f64 {
        let rank = (share * self.sorted.len() as f64).ceil() as usize;
        self.sorted.get(rank.saturating_sub(1)).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(count: u64) -> Sample {
        Sample::from((1..=count).rev().map(Duration::from_millis).collect(), 100)
    }

    #[test]
    fn the_median_and_the_99th_of_100_are_those_runs() {
        let sample = sample(100);
        assert_eq!((sample.median(), sample.p99(), sample.cut), (50.0, 99.0, false));
    }

    #[test]
    fn of_few_runs_the_slowest_stands_for_the_99th() {
        let sample = sample(5);
        assert_eq!((sample.median(), sample.p99(), sample.cut), (3.0, 5.0, true));
    }
}
