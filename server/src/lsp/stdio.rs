//! Standard input and output, which the runtime waits for itself where they are pipes or sockets, as editors make them:
//! through a thread of their own, as files need one, each message would wake two more threads on its way.

use tokio::io::{AsyncRead, AsyncWrite};

/// Where the client's messages come from.
pub(super) type Input = Box<dyn AsyncRead + Unpin>;

/// Where the server's messages go.
pub(super) type Output = Box<dyn AsyncWrite + Unpin>;

/// Standard input; to be called inside of a runtime.
pub(super) fn input() -> Input {
    #[cfg(unix)]
    if let Some(input) = unix::input() {
        return input;
    }
    Box::new(tokio::io::stdin())
}

/// Standard output; to be called inside of a runtime.
pub(super) fn output() -> Output {
    #[cfg(unix)]
    if let Some(output) = unix::output() {
        return output;
    }
    Box::new(tokio::io::stdout())
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsFd, OwnedFd};
    use std::os::unix::fs::FileTypeExt;
    use std::os::unix::net::UnixStream as Socket;

    use tokio::net::UnixStream;
    use tokio::net::unix::pipe;

    use super::{Input, Output};

    /// What a descriptor leads to, as far as it can be waited for.
    enum Stream {
        Pipe(OwnedFd),
        Socket(UnixStream),
    }

    /// `None` for a file, a terminal and whatever else. Fails where the system refuses.
    fn stream(end: impl AsFd) -> io::Result<Option<Stream>> {
        let file = File::from(end.as_fd().try_clone_to_owned()?);
        let kind = file.metadata()?.file_type();
        if kind.is_fifo() {
            return Ok(Some(Stream::Pipe(file.into())));
        }
        if !kind.is_socket() {
            return Ok(None);
        }
        let socket = Socket::from(OwnedFd::from(file));
        socket.set_nonblocking(true)?;
        Ok(Some(Stream::Socket(UnixStream::from_std(socket)?)))
    }

    pub(super) fn input() -> Option<Input> {
        Some(match stream(io::stdin()).ok()?? {
            Stream::Pipe(pipe) => Box::new(pipe::Receiver::from_owned_fd(pipe).ok()?),
            Stream::Socket(socket) => Box::new(socket),
        })
    }

    pub(super) fn output() -> Option<Output> {
        Some(match stream(io::stdout()).ok()?? {
            Stream::Pipe(pipe) => Box::new(pipe::Sender::from_owned_fd(pipe).ok()?),
            Stream::Socket(socket) => Box::new(socket),
        })
    }
}
