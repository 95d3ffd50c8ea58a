"""``odd17 user add``: accounts, with a password typed or made."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def run(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "odd17", "user", "add", *arguments],
        input=typed, capture_output=True, text=True, check=False, env=os.environ | {"ODD17_HOME": str(home)},
    )  # fmt: skip


def accounts(home: Path) -> list[tuple[str, int, int]]:
    with sqlite3.connect(home / "odd17.sqlite3") as base:
        found = base.execute("select username, is_staff, is_superuser from auth_user order by username").fetchall()
    base.close()
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounts")


def test_a_password_is_typed_or_made(home: Path) -> None:
    typed = run(home, "anne", "--staff", typed="une longue phrase\n")
    assert typed.returncode == 0, typed.stderr
    assert "une longue phrase" not in typed.stdout + typed.stderr
    made = run(home, "bilal", "--admin", "--generate")
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.split("shown once: ")[1].strip()) == 24
    assert accounts(home) == [("anne", 1, 0), ("bilal", 1, 1)]


def test_what_is_refused_makes_no_account(home: Path) -> None:
    before = accounts(home) if (home / "odd17.sqlite3").exists() else []
    for arguments, typed in ((("chloe",), ""), (("chloe",), "1234\n"), (("a b c",), "une longue phrase\n")):
        found = run(home, *arguments, typed=typed)
        assert found.returncode == 2, (arguments, typed, found.stderr)
        assert "Traceback" not in found.stderr
    assert accounts(home) == before


def test_a_name_is_taken_once(home: Path) -> None:
    run(home, "dora", "--generate")
    again = run(home, "dora", "--generate")
    assert again.returncode == 2
    assert "already" in again.stderr
