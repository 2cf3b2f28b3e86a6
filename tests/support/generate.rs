//! Texts of any size, for benchmarks, stress tests and comparisons with other servers.
//!
//! They look like what is adopted: a title, an enacting line, a preamble that recalls and notes, an operative part with
//! numbered clauses and sub-clauses, about one citation in 250 bytes and one reference to an own clause in 700. The same
//! arguments give the same text.

use std::fmt::Write;

/// What the texts are made of: endings of clauses, none of which says anything.
const WORDS: &[&str] = &[
    "that the use of shared networks has grown in every region since the last session, and goes on to grow",
    "the need to bring the same quality of service to small islands, mountains and other places that are hard to reach",
    "to study how the costs of international connections may be shared fairly between those who use them",
    "that many administrations have asked for training of their staff, above all in the first years of a new service",
    "the work that the study groups have done on this question, and the reports that they have handed in",
    "to take part in that work with contributions of their own, and to make known what they have learned from it",
    "to report to the next session on the progress made, with figures for each region and a proposal for what is to follow",
    "that no single measure is enough, and that standards, training and funds have to go together",
];

/// Sections of the preamble, then of the operative part, with the labels of their clauses.
const SECTIONS: &[(&str, Labels)] = &[
    ("recalling", Labels::Letters),
    ("considering", Labels::Letters),
    ("noting", Labels::Letters),
    ("recognizing", Labels::Letters),
    ("resolves", Labels::Numbers),
    ("instructs the Secretary-General", Labels::Numbers),
    ("invites Member States", Labels::Numbers),
];

#[derive(Clone, Copy, PartialEq)]
enum Labels {
    Letters,
    Numbers,
}

/// Numbers, places and years of resolutions that the catalogue knows; each is cited in its version in force.
const CITED: &[&str] = &[
    "Resolution 140 (Rev. Bucharest, 2022)",
    "Resolution 71 (Rev. Bucharest, 2022)",
    "General Assembly resolution 70/125",
    "Resolution 123 (Rev. Bucharest, 2022)",
    "Resolution 131 (Rev. Bucharest, 2022)",
    "General Assembly resolution 70/1",
    "Resolution 130 (Rev. Bucharest, 2022)",
    "Resolution 200 (Rev. Bucharest, 2022)",
];

/// A resolution of at least `bytes` bytes, and not many more, that says it is number `number` of Bucharest 2022.
pub fn resolution(bytes: usize, number: usize) -> String {
    let mut out = String::with_capacity(bytes + 1000);
    let _ = write!(
        out,
        "# Resolution {number} (Bucharest, 2022)\n\n## Text number {number}\n\nThe Plenipotentiary Conference of the \
         International Telecommunication Union (Bucharest, 2022),\n\n"
    );
    let mut written = number;
    for annex in 0.. {
        // What is longer than a resolution has annexes, not endless lists.
        if annex > 0 {
            let _ = write!(out, "### Annex {annex}\n\n");
        }
        for (name, labels) in SECTIONS {
            let _ = write!(out, "*{name}*\n\n");
            for index in 0..12 {
                let label = match labels {
                    Labels::Letters => format!("{})", char::from(b'a' + index)),
                    Labels::Numbers => format!("{}.", index + 1),
                };
                clause(&mut out, &mut written, &label);
                if *labels == Labels::Numbers && index % 5 == 4 {
                    for sub in ["a)", "b)", "c)"] {
                        out.push_str("   ");
                        clause(&mut out, &mut written, sub);
                    }
                }
                if out.len() >= bytes && *labels == Labels::Numbers {
                    out.truncate(out.len() - ";\n".len());
                    out.push_str(".\n");
                    return out;
                }
            }
            out.push('\n');
        }
    }
    out
}

/// A clause with its label, and now and then a citation and a reference.
fn clause(out: &mut String, written: &mut usize, label: &str) {
    let at = *written;
    *written += 1;
    let _ = write!(out, "{label} {}", WORDS[at % WORDS.len()]);
    if !at.is_multiple_of(3) {
        let cited = CITED[at / 3 % CITED.len()];
        let _ = write!(out, ", in line with {cited} of the {}", organ(cited));
    }
    if at.is_multiple_of(5) {
        out.push_str(", as in *considering* b) above");
    }
    out.push_str(";\n");
}

fn organ(cited: &str) -> &'static str {
    if cited.starts_with("General") { "United Nations" } else { "Plenipotentiary Conference" }
}

/// The `index`th of the resolutions of a large workspace: its file name, and its text of 6 to 20 kB, the size of most
/// resolutions that are adopted, now and then 60 kB.
pub fn of_workspace(index: usize) -> (String, String) {
    let bytes = match index % 40 {
        7 => 60_000,
        other => 6_000 + other * 350,
    };
    (format!("{:03}/{index:05}.resmark", index / 200), resolution(bytes, 1000 + index))
}
