#!/usr/bin/env python3
"""docs/formats/errors.md from the source: every public refusal code, its kind, where it is given.

  tools/errors.py          writes the page
  tools/errors.py --check  refuses a page that is not up to date, a code with two kinds, and a code
                           that no test names
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/formats/errors.md"
REFUSE = re.compile(r'ErrorKind::(\w+),\s*"([a-z_]+(?:\.[a-z_0-9]+)+)"')
FIELD = re.compile(r'"(field\.[a-z_]+)"')
CODE = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")
HEAD = """# Refusals

Every answer that is no success carries a stable `code` (RFC 9457 problem details, member `code`);
single fields carry one each under `errors`. A command says it in brackets behind its sentence and
ends with 1. This page is made from the source by `tools/errors.py`.

| code | kind | given in |
|---|---|---|
"""


def collect():
    kinds, places, fields = collections.defaultdict(set), collections.defaultdict(set), collections.defaultdict(set)
    for file in sorted((ROOT / "src").rglob("*.[hc]*")):
        if file.name.endswith("_test.cpp") or file.name == "testing.h":
            continue
        text = file.read_text()
        where = str(file.parent.relative_to(ROOT / "src"))
        for kind, code in REFUSE.findall(text):
            kinds[code].add(kind)
            places[code].add(where)
        for code in FIELD.findall(text):
            fields[code].add(where)
    return kinds, places, fields


def page(kinds, places, fields):
    lines = [HEAD]
    for code in sorted(kinds):
        lines.append(f"| `{code}` | {', '.join(sorted(kinds[code]))} | {', '.join(sorted(places[code]))} |\n")
    lines.append("\n## Of single fields\n\n| code | given in |\n|---|---|\n")
    for code in sorted(fields):
        lines.append(f"| `{code}` | {', '.join(sorted(fields[code]))} |\n")
    return "".join(lines)


def named_in_tests():
    files = list((ROOT / "src").rglob("*_test.cpp"))
    files += [file for file in (ROOT / "tests").rglob("*") if file.suffix in (".cpp", ".http", ".mjs", ".txt")]
    return {code for file in files for code in CODE.findall(file.read_text())}


def main():
    kinds, places, fields = collect()
    mistakes = [f"{code} has several kinds: {', '.join(sorted(k))}" for code, k in kinds.items() if len(k) > 1]
    mistakes += [f"{code} is produced by no test" for code in sorted(set(kinds) - named_in_tests())]
    text = page(kinds, places, fields)
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text() != text:
            mistakes.append("docs/formats/errors.md is not up to date: run tools/errors.py")
        print("\n".join(mistakes) or "errors: listed")
        return 1 if mistakes else 0
    PAGE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
