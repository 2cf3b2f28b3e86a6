//! Makes a failing input small, whatever it is: of lists and texts it takes parts away, and numbers it brings to 0.

use std::time::Instant;

use serde_json::Value;

/// The smallest value found that `fails` as `input` does, until `until`.
pub fn smallest(input: Value, until: Instant, mut fails: impl FnMut(&Value) -> bool) -> Value {
    let mut best = input;
    loop {
        let before = best.clone();
        let mut places = Vec::new();
        find_places(&best, String::new(), &mut places);
        for place in places {
            reduce(&mut best, &place, until, &mut fails);
        }
        if best == before || Instant::now() > until {
            return best;
        }
    }
}

/// Where something can be made smaller, as JSON pointers, the outermost first.
fn find_places(value: &Value, place: String, places: &mut Vec<String>) {
    places.push(place.clone());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_places(item, format!("{place}/{index}"), places);
            }
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                let key = key.replace('~', "~0").replace('/', "~1");
                find_places(item, format!("{place}/{key}"), places);
            }
        }
        _ => {}
    }
}

/// Makes what stands at a place smaller as long as that fails.
fn reduce(best: &mut Value, place: &str, until: Instant, fails: &mut impl FnMut(&Value) -> bool) {
    let mut size = match best.pointer(place) {
        Some(Value::Number(number)) => {
            let Some(number) = number.as_u64() else { return };
            for smaller in [0, number / 2, number.saturating_sub(1)] {
                try_with(best, place, smaller.into(), fails);
            }
            return;
        }
        Some(value) => len(value),
        None => return,
    };
    // Large parts first, then ever smaller ones.
    while size > 0 {
        let mut at = 0;
        while let Some(value) = best.pointer(place).filter(|value| at < len(value)) {
            if Instant::now() > until {
                return;
            }
            let without = without(value, at, size);
            if !try_with(best, place, without, fails) {
                at += size;
            }
        }
        size /= 2;
    }
}

fn try_with(best: &mut Value, place: &str, value: Value, fails: &mut impl FnMut(&Value) -> bool) -> bool {
    let mut changed = best.clone();
    let Some(target) = changed.pointer_mut(place).filter(|target| **target != value) else { return false };
    *target = value;
    let smaller = fails(&changed);
    if smaller {
        *best = changed;
    }
    smaller
}

fn len(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::String(text) => text.chars().count(),
        _ => 0,
    }
}

/// Without `size` of its parts, from the one at `at` on.
fn without(value: &Value, at: usize, size: usize) -> Value {
    let goes = |index: &usize| (at..at + size).contains(index);
    match value {
        Value::Array(items) => {
            items.iter().enumerate().filter(|(index, _)| !goes(index)).map(|(_, item)| item.clone()).collect()
        }
        Value::String(text) => {
            text.chars().enumerate().filter(|(index, _)| !goes(index)).map(|(_, c)| c).collect::<String>().into()
        }
        other => other.clone(),
    }
}
