"""Ask every real service, through the connectors, and write a dated report of what answered and what changed.

python scripts/live.py [--starter] [--mirror ADDRESS] [FOLDER]

Not a test: it needs the internet, and takes from minutes to hours. FOLDER (var/live) keeps what was fetched, so that a
second run asks only what is new. ``records/<source>/`` gets the headers of each answer and its first 200 lines, from
which fixtures can be made. The exit code is 1 where a source failed or no host answered.
"""

from __future__ import annotations

import argparse
import gzip
import io
import itertools
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from odd17.core.kernel import Odd17Error
from odd17.store.connectors import RawFile
from odd17.store.connectors.http import Client
from odd17.store.connectors.raw import kept
from odd17.store.territories import load_shipped_cog
from odd17.workflows.pull import Outcome, Step, pull
from odd17.workflows.pull_choice import Choice, plan

LINES = 200
LONGEST = 2000  # characters kept of a line


def main(arguments: Sequence[str] | None = None) -> int:
    """Pull, record, compare with the records before, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("var/live"))
    parser.add_argument("--starter", action="store_true", help="only the light sources")
    parser.add_argument("--mirror", help="ask a copy of the web at this address instead")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    started = datetime.now(UTC)
    try:
        done = pull(
            Choice(starter=options.starter),
            home=options.folder,
            cog=load_shipped_cog(),
            client=Client(mirror=options.mirror),
            tell=_say(),
        )
    except Odd17Error as error:
        print(f"live: {error}", file=sys.stderr)
        return error.exit_code
    lines = [f"# What the services answered, {started:%Y-%m-%d %H:%M} UTC", ""]
    if done.offline:
        lines += ["No producer can be reached from this machine: nothing was checked.", ""]
    for outcome in done.outcomes:
        lines += _about(outcome, options.folder)
    asked = {outcome.source.id for outcome in done.outcomes}
    for source in plan(Choice(starter=options.starter)).fetched:
        if source.id not in asked:
            lines += [f"## {source.id}: not reached", "", f"- {source.connector}, {source.producer}: not asked", ""]
    report = options.folder / f"report-{started:%Y-%m-%dT%H%M}.md"
    report.write_text("\n".join(lines), encoding="utf-8")
    print(f"{len(done.outcomes) - len(done.failed)} sources answered, {len(done.failed)} failed: {report}")
    if done.offline:
        print("No producer can be reached from this machine: run it where there is internet.", file=sys.stderr)
    return 1 if done.failed else 0


def _say():
    said: set[tuple[str, str]] = set()

    def tell(step: Step) -> None:
        if (step.source.id, step.doing) not in said:
            said.add((step.source.id, step.doing))
            print(f"{step.at + 1}/{step.total} {step.doing} {step.source.id}", file=sys.stderr)

    return tell


def _about(outcome: Outcome, folder: Path) -> list[str]:
    source = outcome.source
    checked = source.verification
    lines = [
        f"## {source.id}: {outcome.happened}",
        "",
        f"- {source.connector}, {source.producer}; address {checked.address}, format {checked.format}: {checked.note}",
        f"- vintage: {outcome.vintage or 'unknown'}; figures: {outcome.figures or 'none'}",
    ]
    lines += [f"- failed: {outcome.why}"] if outcome.why else []
    lines += [f"- {note}" for note in outcome.notes]
    try:
        raw = kept(source.id, folder)
    except Odd17Error as error:
        return [*lines, f"- {error}", ""]
    if raw is not None:
        lines += [f"- {raw.url}", f"- sha256 {raw.sha256}, retrieved {raw.retrieved:%Y-%m-%d}"]
        lines += [f"- {change}" for change in _record(raw, folder / "records" / source.id)]
    return [*lines, ""]


def _record(raw: RawFile, place: Path) -> Iterator[str]:
    """Write headers and first lines to ``place``, and say how the first lines differ from those that were there."""
    place.mkdir(parents=True, exist_ok=True)
    facts = {"url": raw.url, "vintage": raw.vintage.id, "sha256": raw.sha256, "headers": dict(raw.headers)}
    (place / "headers.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, head in _heads(raw.path):
        path = place / f"{name}.head.txt"
        before = path.read_text(encoding="utf-8").splitlines()[:1] if path.is_file() else None
        path.write_text("\n".join(head) + "\n", encoding="utf-8")
        if before is not None and before != head[:1]:
            yield f"the first line of {name} changed: {before[0] if before else ''} → {head[0] if head else ''}"


def _heads(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The first lines of a file, or of every text in an archive."""
    start = path.open("rb").read(4)
    if start == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            yield "members", [f"{item.filename} {item.file_size}" for item in archive.infolist()][:LINES]
            for item in archive.infolist():
                if item.filename.lower().endswith((".csv", ".txt")):
                    with archive.open(item) as file:
                        yield (
                            Path(item.filename).name,
                            _lines(io.TextIOWrapper(file, encoding="utf-8", errors="replace")),
                        )
    elif start[:2] == b"\x1f\x8b":
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
            yield path.name, _lines(file)
    elif start != b"PAR1":
        with path.open(encoding="utf-8", errors="replace") as file:
            yield path.name, _lines(file)


def _lines(file: io.TextIOBase | io.TextIOWrapper) -> list[str]:
    return [line.rstrip("\r\n")[:LONGEST] for line in itertools.islice(file, LINES)]


if __name__ == "__main__":
    sys.exit(main())
