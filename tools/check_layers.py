#!/usr/bin/env python3
"""Refuses includes that point upwards, sideways into a module's inside, or at a foreign library.

layers.txt says who stands on whom. A domain module sees of its siblings only types.h and api.h;
app may also include module.h.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^#include ([<"])([^>"]+)[>"]', re.M)
PUBLIC = {"types.h", "api.h"}


def read_rules():
    below, third_party = {}, {}
    for line in (ROOT / "layers.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, rest = line.partition(":")
        if name.startswith("third-party "):
            third_party[name.removeprefix("third-party ")] = rest.split()
        else:
            below[name] = rest.split()
    return below, third_party


def folder_of(path, below):
    parts = path.split("/")
    for depth in (2, 1):
        if "/".join(parts[:depth]) in below:
            return "/".join(parts[:depth])
    return parts[0]


def reachable(folder, below):
    seen, todo = set(), [folder]
    while todo:
        here = todo.pop()
        for other in below.get(here, []):
            names = [n for n in below if n.startswith("domain/")] if other == "domain/*" else [other]
            for name in names:
                if name not in seen:
                    seen.add(name)
                    # What host stands on may be used by whoever stands on host.
                    if not name.startswith("domain/"):
                        todo.append(name)
    return seen


def main():
    below, third_party = read_rules()
    mistakes = []
    for file in sorted((ROOT / "src").rglob("*.[hc]*")):
        path = str(file.relative_to(ROOT / "src"))
        here = folder_of(path, below)
        allowed = reachable(here, below)
        testing = path.endswith("_test.cpp")
        for kind, name in INCLUDE.findall(file.read_text()):
            for prefix, owners in third_party.items():
                if name.startswith(prefix) and not any(path.startswith(o) for o in owners):
                    mistakes.append(f"src/{path}: includes <{name}>; only {' '.join(owners)} may")
            if kind == "<" or path == "main.cpp":
                continue
            there = folder_of(name, below)
            if there == here:
                continue
            if there not in allowed and not (testing and there in ("db", "host")):
                mistakes.append(f"src/{path}: includes {name}, which does not lie below {here}")
            elif there.startswith("domain/"):
                inside = name.split("/")[-1]
                if inside not in PUBLIC and not (here == "app" and inside == "module.h") and not testing:
                    mistakes.append(f"src/{path}: includes {name}; siblings see only types.h and api.h")
    print("\n".join(mistakes) or "layers: in order")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
