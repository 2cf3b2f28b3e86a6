//! JSON at random.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::texts::name;

/// Something that JSON can hold, at most so deep.
pub fn value(random: &mut Rng, depth: usize) -> Value {
    match random.u8(..if depth == 0 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(-3..3000).into(),
        3 => json!(random.f64() * 1e300),
        4 => name(random).into(),
        5 => json!(random.choice(["PP-140", "2018", "2022-10-14", "itu", "off", "error", "numbering/gap", "en"])),
        6 => (0..random.usize(..4)).map(|_| value(random, depth - 1)).collect(),
        _ => (0..random.usize(..4)).map(|_| (name(random), value(random, depth - 1))).collect(),
    }
}

/// Puts something of another kind in one place.
pub fn spoil(random: &mut Rng, value: &mut Value) {
    let deeper = random.u8(..4) > 0;
    match value {
        Value::Object(entries) if deeper && !entries.is_empty() => {
            let at = random.usize(..entries.len());
            if let Some((_, item)) = entries.iter_mut().nth(at) {
                spoil(random, item);
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = random.usize(..items.len());
            spoil(random, &mut items[at]);
        }
        other => {
            let odd = [
                json!(null),
                json!(-1),
                json!(4_294_967_296_u64),
                json!(1.5),
                json!("x"),
                json!([]),
                json!({}),
                json!("\u{ffff}"),
            ];
            *other = random.choice(odd).unwrap_or_default();
        }
    }
}
