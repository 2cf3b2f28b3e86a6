#!/bin/sh
# Parses random texts with the parser and its scanner under AddressSanitizer and UndefinedBehaviorSanitizer.
#
#   grammar/sanitize/run.sh [SECONDS [SEED]]
#
# Wants a C compiler that has them (gcc or clang, in CC) and the source of the crate tree-sitter, which cargo has fetched.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH= cd -- "$here/../.." && pwd)
seconds=${1:-30}
seed=${2:-1}
library=$(cd "$root" && cargo metadata --offline --locked --format-version 1 |
    grep -o '"manifest_path":"[^"]*/tree-sitter-[0-9][^"/]*/Cargo.toml"' | head -n 1 | cut -d'"' -f4)
library=${library%/Cargo.toml}
[ -d "$library/src" ] || { echo "run.sh: cargo has not fetched the crate tree-sitter" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What the library and the generated table do that the standard leaves open is theirs; the scanner and the rest are looked at
# with all there is.
flags="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -std=c11 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200112L"
${CC:-cc} $flags -I"$library/include" -I"$library/src" -I"$root/grammar/src" \
    "$library/src/lib.c" "$root/grammar/src/parser.c" "$root/grammar/src/scanner.c" "$here/harness.c" -o "$work/harness"
find "$root/examples" "$root/grammar/test/corpus" -name '*.resmark' -o -name '*.txt' | sort |
    xargs "$work/harness" "$seconds" "$seed"
