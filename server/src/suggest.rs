//! “Did you mean …?”: the known name that is most like one that is not known.

/// The one of `known` that `word` was most likely meant to be, upper and lower case alike; `None` where none is near
/// enough, and where it is one of them. One slip in each four letters is near enough: a letter too many, too few, wrong,
/// or two in the wrong order.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(MOST).collect();
    let slips = |name: &str| distance(&word, &name.to_lowercase().chars().collect::<Vec<_>>());
    let (count, name) = known.into_iter().map(|name| (slips(name), name)).min_by_key(|(count, _)| *count)?;
    (1..=(word.len() / 4).max(1)).contains(&count).then_some(name)
}

/// What is longer than this, in characters, is no name.
const MOST: usize = 80;

/// How many slips lead from one word to another (optimal string alignment distance).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut rows = [Vec::new(), Vec::new(), (0..=other.len()).collect::<Vec<usize>>()];
    for (i, c) in one.iter().enumerate() {
        rows.rotate_left(1);
        let [before_last, last, row] = &mut rows;
        row.clear();
        row.push(i + 1);
        for (j, d) in other.iter().enumerate() {
            let mut least = (last[j] + usize::from(c != d)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && one[i - 1] == *d && other[j - 1] == *c {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
    }
    rows[2].last().copied().unwrap_or_default()
}

#[test]
fn slips_are_known() {
    let known = ["numbering/gap", "start", "profile", "date", "unga", "unsc", "unclosed-change", "gap"];
    for (word, meant) in [
        ("numbering-gap", Some("numbering/gap")),
        ("gpa", Some("gap")),
        ("Profil", Some("profile")),
        ("dates", Some("date")),
        ("unag", Some("unga")),
        ("un-closed-chnage", Some("unclosed-change")),
        ("date", None),
        ("tea", None),
        ("state", None),
        ("title", None),
        ("source", None),
        ("", None),
    ] {
        assert_eq!(nearest(word, known), meant, "{word}");
    }
}
