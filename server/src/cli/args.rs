//! What can be typed behind `resmark`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::citation::{NotAnId, ResolutionId};
use crate::profile::Profile;
use crate::rules::unknown_profile;

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing found; hints and information alone do not count
  1  something found: a warning or worse, or, with --check, a file that would change
  2  something could not be read, judged or written; everything else was still done";

/// Checks, formats, renumbers and updates resolutions, and serves editors.
#[derive(Debug, Parser)]
#[command(name = "resmark", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    /// Colours: on a terminal, always or never
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say what is wrong with numbering, references and citations
    #[command(after_help = "\
Examples:
  resmark check resolutions/                       every .resmark file of a folder
  resmark check draft.resmark --as-of 2024-01-01   as if it were that day
  resmark check . --format sarif > found.sarif     for a code host's annotations
  resmark check draft.resmark --fix                put right what has only one right form
  resmark check . --profile unga --final           as a final text of the General Assembly

How findings are judged can be set for a folder in resmark.json, and in a file's metadata.")]
    Check(CheckArgs),

    /// Turn a text from a word processor or converter into Resmark
    #[command(after_help = "\
Examples:
  resmark import pasted.txt -o draft.resmark
  pandoc -t plain proposal.docx | resmark import - > draft.resmark

What was dropped and what remains open goes to standard error.")]
    Import(ImportArgs),

    /// List every citation: what it names, and whether that is in force
    #[command(after_help = "\
Examples:
  resmark citations draft.resmark
  resmark citations . --format json | jq '.citations[] | select(.status == \"outdated\")'")]
    Citations(CitationsArgs),

    /// Draw who cites whom
    #[command(after_help = "\
Examples:
  resmark graph resolutions/ -o graph.svg              a picture
  resmark graph . --from PP-140 --depth 2 -o near.svg  what one resolution cites, and what that cites
  resmark graph . | dot -Tpdf > graph.pdf              by Graphviz
  resmark graph . --format mermaid                     for a page in Markdown

Resolutions of the files are drawn full, those only cited in outline; citations that are out of date
are red and dashed.")]
    Graph(GraphArgs),

    /// Show a text as it would be printed
    #[command(after_help = "\
Examples:
  resmark preview draft.resmark -o draft.html                   a page to print or to mail
  resmark preview draft.resmark --view as-amended -o new.html   with the tracked changes made
  resmark preview draft.resmark --format text | less            on a terminal

The page needs no other file and no network.")]
    Preview(PreviewArgs),

    /// Make, check and ask catalogues of resolutions
    #[command(subcommand)]
    Catalogue(CatalogueCommand),

    /// Say what a finding means, why it matters, and show it wrong and right
    #[command(after_help = "\
Examples:
  resmark explain numbering/gap
  resmark explain                 lists the findings")]
    Explain(ExplainArgs),

    /// Put white space in order: indentation, blank lines, line ends; never a word
    #[command(after_help = "\
Examples:
  resmark fmt .                     format every .resmark file of a folder
  resmark fmt --check .             only say which would change; exit code 1 if any
  resmark fmt - < in > out          as a filter")]
    Fmt(RewriteArgs),

    /// Number the clauses anew, together with every reference to them
    #[command(after_help = "\
Examples:
  resmark renumber --diff draft.resmark   show what would change
  resmark renumber draft.resmark          change it
  resmark renumber drafts                 every file of a folder, with the references among them

Only the files named are ever written. Others that refer to a renumbered clause are listed, so that
they can be named as well.")]
    Renumber(RewriteArgs),

    /// Bring every citation that is out of date to the version in force, with its pinpoints
    #[command(after_help = "\
Examples:
  resmark update --diff draft.resmark            show what would change
  resmark update draft.resmark                   change it
  resmark update --check --as-of 2024-01-01 .    as if it were that day; exit code 1 if any would change

What changed is listed, and what is left and why. Pinned citations, history, and series stay as they are.")]
    Update(UpdateArgs),

    /// Serve an editor over standard input and output
    Lsp(LspArgs),
}

#[derive(Debug, Subcommand)]
pub(super) enum CatalogueCommand {
    /// Make a catalogue file of lists and resolutions
    #[command(after_help = "\
Examples:
  resmark catalogue build . -o catalogue/ours.json          of the resolutions in a folder
  resmark catalogue build list.tsv -o catalogue/lake.json   of a list, tab-separated or with commas
  resmark catalogue build list.csv old.json > new.json      of both, put together

The columns of a list are in docs/catalogue.md. They may come in any order; only `id` is needed.")]
    Build(CatalogueBuildArgs),

    /// Say what is wrong with catalogue files
    #[command(after_help = "\
Examples:
  resmark catalogue validate catalogue/lake.json
  resmark catalogue validate catalogue --format json   every .json file of a folder")]
    Validate(CatalogueValidateArgs),

    /// Say everything that is known of a resolution, who says so, and how sure it is
    #[command(after_help = "\
Examples:
  resmark catalogue show PP-140
  resmark catalogue show PP-140@2018
  resmark catalogue show UNGA-70/125 --as-of 2020-06-30 --format json")]
    Show(CatalogueShowArgs),

    /// Say what differs between two catalogues
    #[command(after_help = "\
Examples:
  resmark catalogue diff old.json new.json
  resmark catalogue diff catalogue/lake.json   what it adds to, and has otherwise than, the bundled facts")]
    Diff(CatalogueDiffArgs),
}

#[derive(Debug, Args)]
pub(super) struct CatalogueBuildArgs {
    /// Lists (.tsv, .csv), catalogue files (.json), resolutions, and folders of resolutions
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Where to write the result: whole or not at all. Without it, to standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Who says what a list or catalogue file gives no source for
    #[arg(long, value_name = "WORDS")]
    pub source: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TextFormat {
    /// For people
    Human,
    /// For scripts
    Json,
}

#[derive(Debug, Args)]
pub(super) struct CatalogueValidateArgs {
    /// Catalogue files; folders, for the .json files in them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to say it
    #[arg(long, value_enum, default_value_t = TextFormat::Human, value_name = "FORMAT")]
    pub format: TextFormat,
}

#[derive(Debug, Args)]
pub(super) struct CatalogueShowArgs {
    /// The resolution, as in PP-140, UNGA-70/125; with its version, PP-140@2018
    #[arg(value_name = "ID")]
    pub id: String,
    /// The workspace whose catalogue files and resolutions count too
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub workspace: PathBuf,
    /// How to say it
    #[arg(long, value_enum, default_value_t = TextFormat::Human, value_name = "FORMAT")]
    pub format: TextFormat,
    #[command(flatten)]
    pub as_of: AsOf,
}

#[derive(Debug, Args)]
pub(super) struct CatalogueDiffArgs {
    /// One catalogue file, beside the bundled facts; or two
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How to say it
    #[arg(long, value_enum, default_value_t = TextFormat::Human, value_name = "FORMAT")]
    pub format: TextFormat,
}

#[derive(Debug, Args)]
pub(super) struct Paths {
    /// Files, whatever their extension; folders, for the .resmark files in them that .gitignore does not name; `-` for
    /// standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct AsOf {
    /// Judge citations as of this day instead of today, as in 2024-06-30
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
}

impl AsOf {
    /// The day asked for, or today.
    pub fn date(&self) -> Date {
        self.as_of.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date looks like 2024-06-30".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// How to say it
    #[arg(long, value_enum, default_value_t = CheckFormat::Human, value_name = "FORMAT")]
    pub format: CheckFormat,
    #[command(flatten)]
    pub as_of: AsOf,
    /// Judge by this drafting profile, whatever resmark.json or the files say: itu, unga, unsc, who or mun
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    pub profile: Option<String>,
    /// Judge the texts as final: no square brackets, comments or tracked changes may be left
    #[arg(long = "final")]
    pub is_final: bool,
    /// Make the fixes that cannot be wrong, in the files that are named, and say what is still found; with `-`, print
    /// the text that results
    #[arg(long)]
    pub fix: bool,
    /// With --fix: write nothing; print the changes as a unified diff
    #[arg(long, requires = "fix")]
    pub diff: bool,
}

fn profile(text: &str) -> Result<String, String> {
    Profile::named(text).map(|profile| profile.id.clone()).ok_or_else(|| unknown_profile(text))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people: each finding with the line it is in
    Human,
    /// For scripts
    Json,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The finding's id, as `check` prints it
    #[arg(value_name = "FINDING")]
    pub rule: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CitationsArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// How to list them
    #[arg(long, value_enum, default_value_t = CitationsFormat::Human, value_name = "FORMAT")]
    pub format: CitationsFormat,
    #[command(flatten)]
    pub as_of: AsOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CitationsFormat {
    /// A table
    Human,
    /// For scripts
    Json,
}

#[derive(Debug, Args)]
pub(super) struct GraphArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// What to write; without it, what the ending of --output says, or else dot
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<GraphFormat>,
    /// Where to write it: whole or not at all. Without it, to standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Draw only what can be reached from this resolution, as in PP-140
    #[arg(long, value_name = "ID", value_parser = id)]
    pub from: Option<ResolutionId>,
    /// How many citations to follow from there; without it, all
    #[arg(long, value_name = "N", requires = "from")]
    pub depth: Option<usize>,
    #[command(flatten)]
    pub as_of: AsOf,
}

#[derive(Debug, Args)]
pub(super) struct PreviewArgs {
    /// The file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which readings of tracked changes to show
    #[arg(long, value_enum, default_value_t = PreviewView::Tracked, value_name = "VIEW")]
    pub view: PreviewView,
    /// What to write; without it, what the ending of --output says, or else html
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<PreviewFormat>,
    /// Where to write it: whole or not at all. Without it, to standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub as_of: AsOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PreviewView {
    /// The text as in force, without the changes
    InForce,
    /// Insertions underlined, deletions struck out, comments shown
    Tracked,
    /// The text with the changes made
    AsAmended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PreviewFormat {
    /// A page that needs nothing else
    Html,
    /// Lines for a terminal
    Text,
}

fn id(text: &str) -> Result<ResolutionId, String> {
    text.parse().map_err(|error: NotAnId| error.to_string())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    /// For Graphviz
    Dot,
    /// For pages in Markdown on code hosts
    Mermaid,
    /// A picture, light or dark as its reader is
    Svg,
}

#[derive(Debug, Args)]
pub(super) struct RewriteArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// Write nothing; name the files that would change and exit with code 1 if there are any
    #[arg(long)]
    pub check: bool,
    /// Write nothing; print the changes as a unified diff
    #[arg(long)]
    pub diff: bool,
}

#[derive(Debug, Args)]
pub(super) struct UpdateArgs {
    #[command(flatten)]
    pub rewrite: RewriteArgs,
    #[command(flatten)]
    pub as_of: AsOf,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The text, UTF-8; `-` for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the text is
    #[arg(long, value_enum, default_value_t = ImportFormat::Guess, value_name = "FORMAT")]
    pub from: ImportFormat,
    /// Where to write the result: whole or not at all. Without it, to standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportFormat {
    /// Whatever its lines look like
    Guess,
    /// Plain text, in which `*` and `_` are only themselves
    Text,
    /// Markdown
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct LspArgs {
    /// What editors add: standard input and output are the only way anyway
    #[arg(long, hide = true)]
    stdio: bool,
    /// The editor's process, by which some editors ask to be watched; the client's `initialize` says it again
    #[arg(long, hide = true, value_name = "PID")]
    client_process_id: Option<u32>,
}
