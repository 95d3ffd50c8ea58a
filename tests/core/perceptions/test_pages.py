"""The pages on surveys: every example runs, every page has its link and its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parents[3] / "docs" / "method" / "surveys"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMES = sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_page_run(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert blocks, f"{name}.md has no example"
    assert "Source" in text
    exec(compile("\n".join(blocks), f"{name}.md", "exec"), {})  # noqa: S102


def test_every_page_has_its_link() -> None:
    overview = (PAGES / "README.md").read_text(encoding="utf-8")
    assert (
        set(re.findall(r"\]\((\w+)\.md\)", overview))
        == set(NAMES)
        == {
            "calibration",
            "design",
            "disclosure",
            "estimates",
            "rankings",
            "replicates",
            "studies",
            "waves",
        }
    )
