//! Compiles the generated parser and the scanner.

fn main() {
    let source = std::path::Path::new("src");
    let mut build = cc::Build::new();
    build.std("c11").include(source).warnings(false);
    // The parser is read in every test of the workspace: it is compiled for speed in every profile.
    build.opt_level(2);
    println!("cargo:rerun-if-changed={}", source.join("scanner").display());
    for file in ["parser.c", "scanner.c"] {
        let path = source.join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        build.file(path);
    }
    build.compile("tree-sitter-resmark");
}
