#!/bin/sh
# Talks to the `resmark` binary over stdio with a client that this project did not write.
#
#   run.sh BINARY [PYTEST-ARGUMENT...]
#
# The client is installed once, into a folder of its own that is reused. Exit code 77: it could not be installed, and
# nothing was tested; otherwise pytest's.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
RESMARK_BINARY=$(CDPATH= cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
export RESMARK_BINARY
shift
venv=${XDG_CACHE_HOME:-$HOME/.cache}/resmark/venv-protocol
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    command -v python3 >/dev/null || { echo "run.sh: there is no python3" >&2; exit 77; }
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv" || { echo "run.sh: python3 cannot make a venv" >&2; exit 77; }
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" || {
        echo "run.sh: the client could not be installed" >&2
        exit 77
    }
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
cd "$here"
PYTHONDONTWRITEBYTECODE=1 exec "$venv/bin/python" -m pytest "$@"
