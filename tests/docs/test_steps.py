"""The pages on the steps of an index: every example runs, and every step has its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from odd17.core.indicators.index import STEPS

PAGES = Path(__file__).resolve().parents[2] / "docs" / "method" / "steps"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMES = sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_page_run(name: str) -> None:
    blocks = BLOCK.findall((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    assert blocks, f"{name}.md has no example"
    exec(compile("\n".join(blocks), f"{name}.md", "exec"), {})  # noqa: S102


def test_every_step_has_its_page_and_every_page_its_link() -> None:
    assert {step.lower() for step in STEPS} <= set(NAMES)
    overview = (PAGES / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\((\w+)\.md\)", overview)) == set(NAMES)


def test_every_page_names_its_source_or_needs_none() -> None:
    for name in set(NAMES) - {"rank", "log"}:
        assert "Source" in (PAGES / f"{name}.md").read_text(encoding="utf-8"), name
