#!/usr/bin/env python3
"""Words that are banned, each with its reason, and shapes that every file keeps."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_LINES = 320

# pattern, where it is allowed, why
BANNED = [
    (r"system_clock::now", ("core/time.cpp",), "time is an argument; core/time.cpp alone asks the machine"),
    (r"\b(s?rand|random_device|mt19937)\b\s*\(", (), "use core/crypto.h, or a seed given as argument"),
    (r"std::regex", (), "slow and recursive; write the few lines"),
    (r"\b(printf|sprintf|std::cout)\b", ("main.cpp", "app/"), "use core/log.h; only commands speak to people"),
    (r"catch \(\.\.\.\)", ("net/", "host/"), "faults are caught once, by the worker"),
    (r"SELECT \*", (), "name the columns: a migration must not change an answer"),
    (r"using namespace", (), "write the names"),
    (r"\bTODO\b|\bFIXME\b|\bXXX\b", (), "finish it, or open an issue"),
    (r"std::this_thread::sleep", ("host/background.cpp", "db/"), "wait for the event, not for time"),
]
TEXT_BANNED = [
    (r"/work/|/root/", "no path of one machine"),
    (r"registry\.npmjs|deb\.debian\.org", "no host of a package registry"),
]


def tracked():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in out.stdout.splitlines() if (ROOT / line).is_file()]


def check_source(path, text):
    inside = str(path.relative_to(ROOT / "src"))
    for pattern, allowed, why in BANNED:
        if any(inside.startswith(a) for a in allowed):
            continue
        for match in re.finditer(pattern, text):
            line = text[: match.start()].count("\n") + 1
            yield f"src/{inside}:{line}: {match.group(0)}: {why}"
    lines = text.count("\n")
    if lines > MAX_LINES and not inside.endswith("_test.cpp") and "overrides" not in inside:
        yield f"src/{inside}: {lines} lines; a file reads top to bottom in at most {MAX_LINES}"
    if inside.endswith(".h") and "#pragma once" not in text:
        yield f"src/{inside}: no #pragma once"


def main():
    mistakes = []
    for path in tracked():
        if path == pathlib.Path(__file__).resolve():
            continue
        if path.suffix in {".png", ".gz", ".br", ".jpg", ".webp", ".bin", ".ico"}:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        name = str(path.relative_to(ROOT))
        for pattern, why in TEXT_BANNED:
            for match in re.finditer(pattern, text):
                line = text[: match.start()].count("\n") + 1
                mistakes.append(f"{name}:{line}: {match.group(0)}: {why}")
        if path.suffix in {".h", ".cpp"} and path.is_relative_to(ROOT / "src"):
            mistakes.extend(check_source(path, text))
    print("\n".join(mistakes) or "style: in order")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
