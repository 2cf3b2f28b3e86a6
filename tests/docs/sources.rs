//! Examples for other programs: settings, catalogues, scripts, pieces for continuous integration.

use std::process::Command;

use resmark_tests::root;
use saphyr::{LoadableYamlNode, Yaml};
use serde_json::Value;

use crate::checks::{Outcome, Problem, could_run};
use crate::page::{Block, Page};
use crate::place::Place;

/// JSON, by what the page calls it.
pub fn json(page: &Page, block: &Block, place: &Place) -> Outcome {
    let value: Value = serde_json::from_str(&block.text).map_err(|error| error.to_string())?;
    let Some(file) = block.file.as_deref() else {
        return match page.name.contains("protocol") {
            true => Ok(()),
            false => Err("name the file that this is behind the fence".to_owned().into()),
        };
    };
    if file.ends_with("settings.json") {
        return vscode_settings(&value);
    }
    let is_catalogue = file.ends_with(".catalogue.json") || file.starts_with("catalogue/");
    let (schema, command) = match is_catalogue {
        true => ("server/catalogue/schema/catalogue.schema.json", ["catalogue", "validate", file]),
        false if file.ends_with("resmark.json") => ("server/schema/resmark.schema.json", ["check", "--final", "."]),
        false => return Err(format!("nothing is known of a file {file}").into()),
    };
    let schema = std::fs::read_to_string(root().join(schema)).map_err(|error| error.to_string())?;
    let schema: Value = serde_json::from_str(&schema).map_err(|error| error.to_string())?;
    let schema = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    let wrong: Vec<String> =
        schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    place.write(file, &block.text);
    place.write("nothing.resmark", "");
    let ran = place.resmark(&command);
    let outcome = could_run(&command.join(" "), ran.code, &ran.printed);
    std::fs::remove_file(place.path("nothing.resmark")).unwrap();
    outcome
}

/// Settings of VS Code: those of Resmark are declared by the extension, with a type that fits.
fn vscode_settings(settings: &Value) -> Outcome {
    let text = std::fs::read_to_string(root().join("editors/vscode/package.json")).map_err(|it| it.to_string())?;
    let package: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let declared = &package["contributes"]["configuration"];
    // One group of settings, or several.
    let groups = declared.as_array().cloned().unwrap_or_else(|| vec![declared.clone()]);
    for (name, value) in settings.as_object().into_iter().flatten().filter(|(name, _)| name.starts_with("resmark.")) {
        let Some(setting) = groups.iter().find_map(|group| group["properties"].get(name)) else {
            return Err(format!("the extension has no setting {name}").into());
        };
        let schema = jsonschema::validator_for(setting).map_err(|error| error.to_string())?;
        if !schema.is_valid(value) {
            return Err(format!("{name} cannot be {value}").into());
        }
    }
    Ok(())
}

/// Lua: Neovim compiles it.
pub fn lua(block: &Block, place: &Place) -> Outcome {
    let Some(program) = std::env::var_os("RESMARK_NVIM") else {
        let why = std::env::var("RESMARK_NVIM_MISSING");
        return Err(Problem::NotHere(why.unwrap_or_else(|_| "run it through `cargo xtask test`".to_owned())));
    };
    place.write("example.lua", &block.text);
    place.write("compile.lua", "assert(loadfile('example.lua'))");
    let output = Command::new(program)
        .args(["--clean", "-l", "compile.lua"])
        .current_dir(place.path(""))
        .output()
        .map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}

/// YAML: it can be read, and what it has run of `resmark` can be run.
pub fn yaml(block: &Block, place: &Place) -> Outcome {
    let documents = Yaml::load_from_str(&block.text).map_err(|error| error.to_string())?;
    let mut commands = Vec::new();
    documents.iter().for_each(|document| texts(document, &mut commands));
    for command in commands.into_iter().filter(|it| it.starts_with("resmark ")) {
        let ran = place.shell(command, "");
        could_run(command, ran.code, &ran.printed)?;
    }
    Ok(())
}

/// All texts in a piece of YAML, line by line.
fn texts<'a>(yaml: &'a Yaml<'_>, into: &mut Vec<&'a str>) {
    if let Some(text) = yaml.as_str() {
        into.extend(text.lines());
    }
    yaml.as_sequence().into_iter().flatten().for_each(|item| texts(item, into));
    yaml.as_mapping().into_iter().flatten().for_each(|(_, value)| texts(value, into));
}

/// TOML: it can be read.
pub fn toml(block: &Block) -> Outcome {
    block.text.parse::<toml::Table>().map(|_| ()).map_err(|error| error.to_string().into())
}
