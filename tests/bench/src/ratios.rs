//! The ratios to the limits, which are kept from run to run: the machine cancels out of them.

use std::collections::BTreeMap;

use crate::figure::Figure;

/// Ratios by the keys of their figures.
pub type Ratios = BTreeMap<String, f64>;

/// A ratio that is this much larger than the one that is kept is worse, and no accident.
pub const WORSE: f64 = 4.0 / 3.0;

/// A ratio that got worse by a third or more.
#[derive(Debug, PartialEq)]
pub struct Worse {
    /// Of which figure.
    pub key: String,
    /// What it was.
    pub before: f64,
    /// What it is; nothing where the figure was cut off.
    pub now: Option<f64>,
}

impl std::fmt::Display for Worse {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.now {
            Some(now) => write!(out, "{}: {:.2} times its limit, was {:.2}", self.key, now, self.before),
            None => write!(out, "{}: cut off, was {:.2} times its limit", self.key, self.before),
        }
    }
}

/// The ratios of these figures, rounded to three digits.
pub fn of(figures: &[Figure]) -> Ratios {
    let rounded = |ratio: f64| {
        let digits = 2 - ratio.abs().max(1e-9).log10().floor() as i32;
        let scale = 10f64.powi(digits);
        (ratio * scale).round() / scale
    };
    figures.iter().filter_map(|figure| Some((figure.key(), rounded(figure.ratio()?)))).collect()
}

/// What got worse by a third or more; a figure that is new, or was not measured this time, did not.
pub fn worse(figures: &[Figure], kept: &Ratios) -> Vec<Worse> {
    let compared = figures.iter().filter_map(|figure| {
        let key = figure.key();
        let before = *kept.get(&key)?;
        let now = figure.ratio();
        let is_worse = now.is_none_or(|now| now >= before * WORSE);
        is_worse.then_some(Worse { key, before, now })
    });
    compared.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A figure that takes `times` its limit.
    fn planted(name: &str, times: f64) -> Figure {
        let mut figure = Figure::new("keystroke", name).beside(0.25, "planted");
        figure.value = Some(0.25 * times);
        figure
    }

    #[test]
    fn a_third_more_is_worse_and_less_than_that_is_not() {
        let kept = of(&[planted("as before", 6.0), planted("a little more", 6.0), planted("a third more", 6.0)]);
        let now = [planted("as before", 6.0), planted("a little more", 7.9), planted("a third more", 8.1)];
        let worse: Vec<String> = worse(&now, &kept).into_iter().map(|worse| worse.to_string()).collect();
        assert_eq!(worse, ["keystroke/a third more: 8.10 times its limit, was 6.00"]);
    }

    #[test]
    fn what_is_cut_off_is_worse_and_what_is_new_is_not() {
        let kept = of(&[planted("known", 6.0)]);
        let mut cut = planted("known", 6.0);
        cut.value = None;
        assert_eq!(
            worse(&[cut, planted("new", 100.0)], &kept),
            [Worse { key: "keystroke/known".to_owned(), before: 6.0, now: None }]
        );
    }

    #[test]
    fn a_slower_machine_changes_nothing() {
        let kept = of(&[planted("known", 6.0)]);
        let mut slow = planted("known", 60.0);
        slow.limit = Some(2.5);
        assert_eq!(worse(&[slow], &kept), []);
    }
}
