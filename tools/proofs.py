#!/usr/bin/env python3
"""docs/proofs.md names tests and files: each of them is there."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEST = re.compile(r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST|RC_GTEST_PROP)\((\w+),\s*(\w+)", re.M)


def main():
    tests = set()
    for path in (ROOT / "src").rglob("*_test.cpp"):
        tests.update(f"{suite}.{name}" for suite, name in TEST.findall(path.read_text()))
    missing = []
    for word in re.findall(r"`([^`\n]+)`", (ROOT / "docs/proofs.md").read_text()):
        if re.fullmatch(r"[A-Z]\w+\.[A-Z]?\w*\*?", word):
            stem = word.rstrip("*")
            found = any(test.startswith(stem) for test in tests) if word.endswith("*") else word in tests
        elif re.fullmatch(r"(tests|web|packs|docs)/\S+", word):
            found = (ROOT / word).exists()
        else:
            continue
        if not found:
            missing.append(word)
    for word in missing:
        print(f"docs/proofs.md: there is no {word}", file=sys.stderr)
    print("proofs: there" if not missing else f"proofs: {len(missing)} missing")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
