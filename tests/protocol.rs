//! The protocol over stdio, with a client that this project did not write: `tests/protocol/`, in Python.

use std::process::{Command, Stdio};

use resmark_tests::{binary, root, skip};

/// What `run.sh` says when the client could not be installed.
const NOT_INSTALLED: i32 = 77;

#[test]
fn a_client_of_others_is_served() {
    let script = root().join("tests/protocol/run.sh");
    let outcome = Command::new("sh").arg(&script).arg(binary()).stdin(Stdio::null()).output();
    let output = match outcome {
        Ok(output) => output,
        Err(error) => return skip("protocol", &format!("there is no shell to run the script ({error})")),
    };
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(NOT_INSTALLED) {
        return skip("protocol", said.trim());
    }
    println!("{said}");
    assert!(output.status.success(), "the client found something wrong; see above");
}
