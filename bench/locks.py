"""Proof that the three locks agree: uv.lock, and what is exported from it with hashes for pip.

python -m bench.locks            # exit status 1 and a diff where one differs
python -m bench.locks --write    # writes the two exported ones
"""

from __future__ import annotations

import argparse
import difflib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
EXPORTED: dict[str, tuple[str, ...]] = {"requirements.lock": ("--no-dev",), "requirements-dev.lock": ()}


def exported(options: tuple[str, ...]) -> str:
    """What pip installs, with a hash for every file, as uv.lock says."""
    command = [str(UV), "export", "--frozen", "-q", "--no-emit-project", "--no-header", *options]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> int:
    """Exit status: 0 when all agree, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write requirements.lock and requirements-dev.lock")
    write = parser.parse_args().write
    subprocess.run([UV, "lock", "--check", "-q"], cwd=ROOT, check=True)
    differing = 0
    for name, options in EXPORTED.items():
        path, text = ROOT / name, exported(options)
        if write:
            path.write_text(text, encoding="utf-8")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if kept != text:
            differing += 1
            diff = difflib.unified_diff(kept.splitlines(), text.splitlines(), name, "uv.lock", lineterm="", n=0)
            print("\n".join(list(diff)[:20]))
    print(f"{len(EXPORTED) - differing} of {len(EXPORTED)} locks agree with uv.lock")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
