"""scripts/live.py against the web of the tests: what it reports, and what it records."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from odd17.workflows.pull_choice import Choice, plan

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "live.py"
CULTURE = "equipements.sports.gouv.fr/api/explore/v2.1/catalog/datasets/data-es"


def live(folder: Path, mirror: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), "--starter", "--mirror", mirror, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_answers_is_recorded_and_what_does_not_is_reported(web, reply, tmp_path):
    web.put(CULTURE, reply(b'{"metas": {"default": {"modified": "2026-01-01"}}}'))
    head = "equip_numero;inst_numero;new_code;inst_acc_handi_bool"
    web.put(f"{CULTURE}/exports/csv", reply(f"{head}\nE1;I1;01001;true\n".encode(), headers={"ETag": '"1"'}))
    done = live(tmp_path, web.address)
    assert done.returncode == 1
    (report,) = tmp_path.glob("report-*.md")
    text = report.read_text(encoding="utf-8")
    assert "## data-es: fetched" in text
    assert "answers 404" in text
    records = tmp_path / "records" / "data-es"
    assert (records / "data-es.csv.head.txt").read_text().splitlines()[0] == head
    assert json.loads((records / "headers.json").read_bytes())["headers"]["etag"] == '"1"'
    report.unlink()

    web.put(CULTURE, reply(b'{"metas": {"default": {"modified": "2026-02-01"}}}'))
    web.put(f"{CULTURE}/exports/csv", reply(f"{head};new\nE1;I1;01001;true;1\n".encode()))
    live(tmp_path, web.address)
    (report,) = tmp_path.glob("report-*.md")
    assert f"the first line of data-es.csv changed: {head} → {head};new" in report.read_text(encoding="utf-8")


def test_offline_is_said_and_nothing_hangs(tmp_path):
    done = live(tmp_path, "http://127.0.0.1:9")
    assert done.returncode == 1
    assert "run it where there is internet" in done.stderr
    assert "Traceback" not in done.stderr
    (report,) = tmp_path.glob("report-*.md")
    text = report.read_text(encoding="utf-8")
    for source in plan(Choice(starter=True)).fetched:  # every source is there, asked or not
        assert f"## {source.id}: " in text
    assert "## data-es: not reached" in text
