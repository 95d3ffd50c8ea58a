"""Renew the pins of requirements.txt and requirements-dev.txt from pyproject.toml: names and versions, no host.

python scripts/lock.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BUILD = ["hatchling", "editables"]  # so that an editable install needs no download of its own


def pins(requirements: list[str], constraints: Path | None = None) -> dict[str, str]:
    """What pip would install in an empty environment: name to version."""
    constrained = [] if constraints is None else ["--constraint", str(constraints)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    out = subprocess.run([*command, *constrained, *requirements], check=True, capture_output=True, text=True).stdout
    report = json.loads(out[out.index("{") :])
    return {item["metadata"]["name"].lower(): item["metadata"]["version"] for item in report["install"]}


def write(path: Path, title: str, versions: dict[str, str], extra: str = "") -> None:
    """Write one pin a line, sorted."""
    lines = [f"# {title} Renewed by scripts/lock.py; do not edit.", *([extra] if extra else [])]
    lines += [f"{name}=={version}" for name, version in sorted(versions.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Resolve the project's dependencies, then those of its development on top."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = pins(project["dependencies"] + BUILD)
    path = REPOSITORY / "requirements.txt"
    write(path, "What odd17 runs on.", runtime)
    extras = project["optional-dependencies"]
    everything = pins(project["dependencies"] + BUILD + extras["dev"], constraints=path)
    development = {name: version for name, version in everything.items() if name not in runtime}
    write(REPOSITORY / "requirements-dev.txt", "What its tests need besides.", development)


if __name__ == "__main__":
    main()
