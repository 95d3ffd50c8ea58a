"""The page of the crossing: its example runs, and its numbers and codes are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from odd17.core.diagnosis.quadrants import CERTAIN
from odd17.core.diagnosis.sights import FEWEST_PEERS
from odd17.core.kernel import ReasonCode
from odd17.core.perceptions.disclosure import Thresholds

PAGE = (Path(__file__).resolve().parents[2] / "docs/method/crossing.md").read_text(encoding="utf-8")


def test_the_example_runs() -> None:
    (block,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    exec(compile(block, "crossing.md", "exec"), {})  # noqa: S102


def test_the_numbers_and_codes_are_those_of_the_code() -> None:
    assert f"a probability of {CERTAIN} on" in PAGE
    assert f"fewer than {FEWEST_PEERS} peers" in PAGE
    assert f"fewer than {Thresholds().withheld} respondents" in PAGE
    codes = set(re.findall(r"`([a-z_]+)`: ", PAGE))
    assert codes == {"too_few_respondents", "no_interval", "too_few_peers", "asked_in_different_years"}
    assert codes <= {code.value for code in ReasonCode}
