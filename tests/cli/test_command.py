"""What every subcommand shares: completion in the shell, and a log of what is being done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from odd17.cli import main


@pytest.mark.parametrize(("typed", "offered"), [("odd17 rel", "release"), ("odd17 release ver", "verify")])
def test_the_shell_completes_commands(typed: str, offered: str) -> None:
    asked = {"_ODD17_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    command = Path(sys.executable).with_name("odd17")  # the shell calls it by its name, which in-process is pytest's
    done = subprocess.run([command], env=os.environ | asked, capture_output=True, text=True, check=True)
    assert offered in done.stdout.split()


@pytest.mark.parametrize(("options", "logged"), [(["--verbose"], True), ([], False)])
def test_verbose_tells_each_step_with_its_facts_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str], logged: bool
) -> None:
    def build(*, progress: Callable[[str, int, int], None], **_: Mapping[str, Any]) -> SimpleNamespace:
        progress("tables", 1, 1)
        counts = {"observations": 1, "scores": 1, "territories": 1, "indicators": 1}
        return SimpleNamespace(id="2026-01-01-00000000", manifest={"counts": counts}, path="")

    monkeypatch.setattr("odd17.cli.release.build_release", build)
    monkeypatch.setattr(sys, "argv", ["odd17", *options, "release", "build"])
    monkeypatch.setenv("NO_COLOR", "1")
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 0
    told = capsys.readouterr().err
    assert ("release.build" in told and "step=tables" in told and "total=1" in told) is logged
