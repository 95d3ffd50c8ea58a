"""Every setting that the code reads has its entry, and no entry is of a setting that nobody reads."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_lists_every_setting() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(ODD17_[A-Z_]+)` \|", text, flags=re.MULTILINE)
    assert sorted(set(re.findall(r"ODD17_[A-Z_]+", source))) == sorted(listed)
