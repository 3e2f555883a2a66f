#!/bin/sh
# Compiles a header by itself, included twice: it needs nothing but what it includes, and guards itself.
#   tools/header_alone.sh src/core/result.h
set -eu
name=${1#src/}
printf '#include "%s"\n#include "%s"\n' "$name" "$name" |
  clang++-14 -std=c++20 -fsyntax-only -Isrc -Wall -Wextra -x c++ - ||
  { echo "$1 does not compile alone" >&2; exit 1; }
