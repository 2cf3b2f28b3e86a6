//! `resmark graph`: who cites whom, drawn.

mod dot;
mod mermaid;

use std::path::Path;

use super::args::{GraphArgs, GraphFormat};
use super::human::count;
use super::inputs::Inputs;
use super::output::Output;
use super::{Failure, Outcome};
use crate::ide::graph::{graph, picture};
use crate::syntax::Language;
use crate::workspace::write_whole;

pub(super) fn run(args: &GraphArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let mut inputs = Inputs::read(&args.paths.paths, args.as_of.date(), output);
    let snapshot = inputs.snapshot();
    let files: Vec<_> = inputs.targets.iter().map(|it| (it.file, it.name.display().to_string())).collect();
    let all = graph(&snapshot, &files, Language::En);
    let shown = match &args.from {
        Some(id) => all.from(id, args.depth.unwrap_or(usize::MAX)).ok_or_else(|| {
            Failure(format!("{id} is neither in these files nor cited there; `resmark citations` lists what is"))
        })?,
        None => all,
    };
    let text = match format_of(args) {
        GraphFormat::Dot => dot::write(&shown),
        GraphFormat::Mermaid => mermaid::write(&shown),
        GraphFormat::Svg => picture(&shown, &|_| None)?,
    };
    match &args.output {
        None => output.print_raw(&text)?,
        Some(path) => {
            write_whole(path, &text)
                .map_err(|error| Failure(format!("{}: it could not be written: {error}", path.display())))?;
            let resolutions = count(shown.nodes.len(), "resolution");
            output.note(&format!("{}: {resolutions}, {}", path.display(), count(shown.edges.len(), "link")));
        }
    }
    Ok(inputs.outcome(Outcome::Clean))
}

fn format_of(args: &GraphArgs) -> GraphFormat {
    let ending = args.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    args.format.unwrap_or(match ending.as_deref() {
        Some("svg") => GraphFormat::Svg,
        Some("mmd" | "mermaid" | "md") => GraphFormat::Mermaid,
        _ => GraphFormat::Dot,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_the_format() {
        use clap::Parser;
        let format = |line: &str| {
            let arguments = super::super::args::Arguments::try_parse_from(line.split(' ')).expect("a right call");
            let super::super::args::Command::Graph(args) = arguments.command else { panic!("a graph is asked for") };
            format_of(&args)
        };
        assert_eq!(format("resmark graph ."), GraphFormat::Dot);
        assert_eq!(format("resmark graph . -o a.SVG"), GraphFormat::Svg);
        assert_eq!(format("resmark graph . -o a.mmd"), GraphFormat::Mermaid);
        assert_eq!(format("resmark graph . -o a.svg --format dot"), GraphFormat::Dot);
    }
}
