use crate::syntax::{lower, parse};
#[test]
fn probe() {
    let Ok(dir) = std::env::var("PROBE") else { return };
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let (mut n, mut total, mut labels) = (0, 0, 0);
    for f in files {
        let Ok(text) = std::fs::read_to_string(&f) else { continue };
        let text = if std::env::var("SPREAD").is_ok() { text.replace("\n", "\n\n") } else { text };
        let d = lower(&text, &parse(&text));
        n += 1;
        labels += d.paragraphs.iter().filter(|p| p.label.is_some()).count();
        for p in super::check(&d) {
            total += 1;
            let para = d.paragraph(p.paragraph);
            let line = text[..usize::from(para.range.start())].matches('\n').count() + 1;
            let w: String = para.views.amended.text.chars().take(40).collect();
            println!(
                "{}:{line} {:?} {} due {} {:?} | {w}",
                f.file_name().unwrap().to_string_lossy(),
                p.kind,
                p.label,
                p.expected,
                p.side
            );
        }
    }
    println!("{n} files {labels} labels {total} problems");
}
