//! Texts of any size, for benchmarks, stress tests and comparisons with other servers.
//!
//! They look like drafts of what is adopted: a title, an enacting line, a preamble that recalls and notes, an operative
//! part with numbered clauses and sub-clauses, about one citation in 250 bytes and one reference to an own clause in 900.
//! Hardly two clauses have the same words. Now and then there is a tracked change, and now and then a mistake of the
//! kinds that drafters make: about one in 10 kB. The same arguments give the same text.

use std::fmt::Write;

/// How many bytes a resolution has, or one of its annexes, before an annex follows.
const BLOCK: usize = 14_000;
/// How many bytes a clause has, about.
const CLAUSE: usize = 205;
/// The number of the first resolution of a large workspace.
const FIRST: usize = 1000;

/// What clauses are made of: beginnings, middles and ends, none of which says anything.
const BEGINNINGS: &[&str] = &[
    "that the use of shared networks has grown",
    "the need for the same quality of service",
    "that the costs of international connections may be shared fairly",
    "that training of staff has been asked for",
    "the work that the study groups have done",
    "to take part with contributions of their own",
    "to report to the next session on the progress made",
    "that no single measure is enough",
    "the guidance that was given to developing countries",
    "to keep a register of equipment that can be lent",
    "that the deadlines set at the last session were met",
];
const MIDDLES: &[&str] = &[
    "in every region since the last session",
    "on small islands, in mountains and in other places that are hard to reach",
    "between those who run such services and those who use them",
    "above all in the first years of a new service",
    "as set out in the reports that were handed in",
    "with figures for each region and a proposal for what is to follow",
    "as standards, training and funds have to go together",
];
const ENDS: &[&str] = &[
    "and goes on to do so",
    "within the resources available",
    "in close cooperation with the regional offices",
    "so that nobody is left without access",
    "which calls for the support of the membership",
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

/// Annexes whose sections have the same names. In a text with more of them than this, the next ones have others, so that
/// a name says something.
const OF_A_NAME: usize = 24;
/// What stands for “recalling”, then, and for “resolves”.
const RECALLING: &[&str] =
    &["recalling", "reaffirming", "emphasizing", "welcoming", "acknowledging", "bearing in mind"];
const RESOLVES: &[&str] = &["resolves", "decides", "agrees", "requests", "urges", "calls upon Member States"];

/// Who adopts resolutions, with the place and year of a session: the first those below 10,000, and each of the others the
/// 9,000 behind, with numbers from 1000 up again. No organ counts further than that.
const ORGANS: &[Organ] = &[
    Organ {
        acting: "The Plenipotentiary Conference of the International Telecommunication Union",
        cited: "of the Plenipotentiary Conference",
        session: "Bucharest, 2022",
    },
    Organ {
        acting: "The World Telecommunication Standardization Assembly",
        cited: "of the World Telecommunication Standardization Assembly",
        session: "New Delhi, 2024",
    },
    Organ {
        acting: "The World Telecommunication Development Conference",
        cited: "of the World Telecommunication Development Conference",
        session: "Baku, 2025",
    },
];

/// An organ as it is written where it acts and where it is cited.
#[derive(PartialEq)]
struct Organ {
    acting: &'static str,
    cited: &'static str,
    session: &'static str,
}

/// Which organ adopted the resolution that is counted as `number`, and the number that this one gave it.
fn adopted(number: usize) -> (&'static Organ, usize) {
    let round = (number.saturating_sub(FIRST) / (10_000 - FIRST)).min(ORGANS.len() - 1);
    (&ORGANS[round], number - round * (10_000 - FIRST))
}

/// How those cite their own that the catalogue knows.
const OF_THIS: &str = "of this conference";

/// Resolutions that the catalogue knows; each is cited in its version in force.
const CITED: &[&str] = &[
    "Resolution 140 (Rev. Bucharest, 2022) of this conference",
    "Resolution 71 (Rev. Bucharest, 2022) of this conference",
    "resolution 70/125 of the United Nations General Assembly",
    "Resolution 123 (Rev. Bucharest, 2022) of this conference",
    "Resolution 131 (Rev. Bucharest, 2022) of this conference",
    "resolution 70/1 of the United Nations General Assembly",
    "Resolution 130 (Rev. Bucharest, 2022) of this conference",
    "Resolution 200 (Rev. Bucharest, 2022) of this conference",
    "Resolution 139 (Rev. Bucharest, 2022) of this conference",
    "Resolution 214 (Bucharest, 2022) of this conference",
];

/// Resolutions that were revised since.
const OUTDATED: &[&str] =
    &["Resolution 140 (Rev. Dubai, 2018) of this conference", "Resolution 71 (Rev. Busan, 2014) of this conference"];

/// A resolution of at least `bytes` bytes, and not many more, that says it is number `number` of Bucharest 2022; from 10,000
/// on, of another organ. What it cites, the bundled catalogue knows; one with a number above 1000 also cites
/// those with numbers from 1000 up to its own.
pub fn resolution(bytes: usize, number: usize) -> String {
    let mut out = Text { out: String::with_capacity(bytes + 1000), number, annex: 0, written: 0, seed: number as u64 };
    let (Organ { acting, session, .. }, number) = adopted(number);
    let _ = write!(
        out.out,
        "# Resolution {number} ({session})\n## Shared networks, question {number}\n\n{acting} ({session}),\n\n"
    );
    for annex in 0.. {
        // What is longer than a resolution has annexes, not endless lists.
        out.annex = annex;
        if annex > 0 {
            let _ = write!(out.out, "\n### Annex {annex}\n\n");
        }
        let left = bytes.saturating_sub(out.out.len());
        let clauses = (left.min(BLOCK) / (SECTIONS.len() * CLAUSE)).clamp(1, 10);
        for (index, _) in SECTIONS.iter().enumerate() {
            let last = index + 1 == SECTIONS.len();
            // What is missing to the whole is made up in the last section.
            let wanted = if last && left <= BLOCK { bytes } else { 0 };
            out.section(index, clauses, wanted);
        }
        if out.out.len() >= bytes {
            break;
        }
    }
    out.out
}

/// A text that is being written.
struct Text {
    out: String,
    /// Of the resolution.
    number: usize,
    /// That is being written; 0 for what stands before the first one.
    annex: usize,
    /// How many clauses there are so far, with sub-clauses.
    written: usize,
    seed: u64,
}

impl Text {
    /// The section `index` of `SECTIONS` with `clauses` clauses, and as many more as bring the text to `bytes` bytes.
    fn section(&mut self, index: usize, clauses: usize, bytes: usize) {
        let (_, labels) = SECTIONS[index];
        let name = self.name(index);
        let _ = write!(self.out, "*{name}*\n\n");
        for at in 0.. {
            let label = match labels {
                Labels::Letters => format!("{})", char::from(b'a' + (at % 26) as u8)),
                // A number is left out now and then: a clause was moved elsewhere.
                Labels::Numbers => format!("{}.", at + 1 + usize::from(at > 5 && self.number % 4 == 1 && index == 4)),
            };
            let with_sub_clauses = labels == Labels::Numbers && at % 5 == 4;
            self.clause(index, at, &label);
            if with_sub_clauses {
                self.out.push_str(":\n");
                for (sub, end) in [("a)", ";\n"), ("b)", ";\n"), ("c)", "")] {
                    self.out.push_str("   ");
                    self.clause(index, at, sub);
                    self.out.push_str(end);
                }
            }
            if at + 1 >= clauses && self.out.len() >= bytes {
                break;
            }
            // Commas and semicolons are taken for each other now and then.
            let mark = if self.now_and_then(90) { ",\n" } else { ";\n" };
            self.out.push_str(mark);
        }
        self.out.push_str(if index + 1 == SECTIONS.len() { ".\n" } else { ",\n\n" });
    }

    /// What the section `index` is called where the text has come to.
    fn name(&self, index: usize) -> &'static str {
        let group = self.annex / OF_A_NAME;
        match index {
            0 => RECALLING[group % RECALLING.len()],
            4 => RESOLVES[group % RESOLVES.len()],
            _ => SECTIONS[index].0,
        }
    }

    /// A clause with its label, the `at`th of its section or a sub-clause of that, without its closing mark, and now and
    /// then a citation and a reference.
    fn clause(&mut self, section: usize, at: usize, label: &str) {
        let [beginning, middle, end] = [BEGINNINGS, MIDDLES, ENDS].map(|words| words[self.draw(words.len())]);
        let _ = write!(self.out, "{label} {beginning} {middle}, {end}");
        if self.now_and_then(60) {
            self.out.push_str(" {~~each year~>every two years~~}");
        }
        let written = self.written;
        self.written += 1;
        if !written.is_multiple_of(3) {
            self.out.push_str(", in line with ");
            self.citation();
        }
        if written.is_multiple_of(5) {
            match (section, at) {
                // There is nothing above the first clause.
                (0, 0) => {}
                (..5, _) => _ = write!(self.out, ", as in *{}* a) above", self.name(0)),
                _ => _ = write!(self.out, ", as in *{}* 1 above", self.name(4)),
            }
        }
    }

    fn citation(&mut self) {
        let neighbours = self.number.saturating_sub(FIRST);
        match self.draw(40) {
            0 => {
                let cited = OUTDATED[self.draw(OUTDATED.len())];
                self.known(cited);
            }
            // Others of the same workspace, mostly of about the same time.
            1..12 if neighbours > 0 => {
                let cited = self.number - 1 - self.draw(neighbours.min(50));
                self.other(cited);
            }
            12..15 if neighbours > 0 => {
                let cited = FIRST + self.draw(neighbours);
                self.out.push_str("*resolves* 1 of ");
                self.other(cited);
            }
            other => self.known(CITED[other % CITED.len()]),
        }
    }

    /// One that the catalogue knows, as this organ cites it.
    fn known(&mut self, cited: &str) {
        let plenipotentiary = &ORGANS[0];
        match adopted(self.number).0 == plenipotentiary {
            true => self.out.push_str(cited),
            false => self.out.push_str(&cited.replace(OF_THIS, plenipotentiary.cited)),
        }
    }

    /// The resolution of the workspace that is counted as `number`.
    fn other(&mut self, number: usize) {
        let (organ, number) = adopted(number);
        let whose = if organ == adopted(self.number).0 { OF_THIS } else { organ.cited };
        let _ = write!(self.out, "Resolution {number} ({}) {whose}", organ.session);
    }

    /// One time in `every`.
    fn now_and_then(&mut self, every: usize) -> bool {
        self.draw(every) == 0
    }

    /// A number below `below`, as if by chance (SplitMix64), the same each time that the same text is written.
    fn draw(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.seed;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((drawn ^ (drawn >> 31)) % below as u64) as usize
    }
}

/// The `index`th of the resolutions of a large workspace: its file name, and its text of 6 to 20 kB, the size of most
/// resolutions that are adopted, now and then 60 kB.
pub fn of_workspace(index: usize) -> (String, String) {
    let bytes = match index % 40 {
        7 => 60_000,
        other => 6_000 + other * 350,
    };
    (format!("{:03}/{index:05}.resmark", index / 200), resolution(bytes, FIRST + index))
}
