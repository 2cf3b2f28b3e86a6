//! Writing a file: whole or not at all.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The mark that some programs put in front of UTF-8.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes `text` to `path`: a file beside it takes its place in one step, so that whoever reads sees the old text or
/// the new one, and a failure leaves the old one as it was. Permissions are kept, a link stays a link and what it
/// points at is written, and a byte order mark that the old file had stays.
///
/// # Errors
///
/// What the system says when the folder cannot be written to, the disk is full, or `path` is no regular file.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let target = behind_links(path)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = new_file(folder, old.is_none())?;
    if old.is_some() && begins_with_mark(&target)? && !text.starts_with(BYTE_ORDER_MARK) {
        file.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    file.write_all(text.as_bytes())?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Opens a regular file for reading. Who looked before what a path is cannot know what it is now: a pipe that took the
/// file's place is neither waited for nor read.
///
/// # Errors
///
/// What the system says, and what is no regular file.
pub(super) fn open_regular(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Opening a pipe waits for somebody who writes to it, unless told not to; for files it says nothing.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")),
    }
}

/// A file that is private until it has the permissions of the one it replaces; one that replaces nothing gets those
/// that any new file has.
fn new_file(folder: &Path, fresh: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".resmark-");
    #[cfg(unix)]
    if fresh {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = fresh;
    builder.tempfile_in(folder)
}

/// The file that a chain of links ends at, whether it exists or not.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..40 {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let link = fs::read_link(&target)?;
                target = target.parent().map_or_else(|| link.clone(), |folder| folder.join(&link));
            }
            _ => return Ok(target),
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link that leads back to itself"))
}

fn begins_with_mark(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    open_regular(path)?.take(3).read_to_end(&mut start)?;
    Ok(start == BYTE_ORDER_MARK.as_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_new_file_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.resmark");
        write_whole(&path, "# 决议\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "# 决议\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
    }

    #[test]
    fn a_byte_order_mark_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.resmark");
        fs::write(&path, "\u{feff}old").unwrap();
        write_whole(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}new");
    }

    #[test]
    fn a_folder_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write_whole(folder.path(), "text").is_err());
        assert!(folder.path().is_dir());
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write_whole(&folder.path().join("none/a.resmark"), "text").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.resmark"), folder.path().join("link.resmark"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.resmark", &link).unwrap();
        write_whole(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_itself_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("a.resmark");
        std::os::unix::fs::symlink("a.resmark", &link).unwrap();
        assert!(write_whole(&link, "text").is_err());
    }

    /// As when a pipe takes a file's place between the look at it and the reading.
    #[cfg(unix)]
    #[test]
    fn a_pipe_that_was_a_file_a_moment_ago_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("a.resmark");
        #[expect(clippy::disallowed_types, reason = "the standard library makes no pipes with a name")]
        let mut mkfifo = std::process::Command::new("mkfifo");
        assert!(mkfifo.arg(&pipe).status().unwrap().success());
        let (sender, opened) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(open_regular(&pipe).map(drop)));
        let opened = opened.recv_timeout(std::time::Duration::from_secs(60)).expect("opening it waits for nobody");
        assert_eq!(opened.unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }

    #[test]
    fn what_is_no_file_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert!(open_regular(folder.path()).is_err());
        assert_eq!(open_regular(&folder.path().join("none")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
