from __future__ import annotations

import pytest

from odd17.core.kernel import UsageError
from odd17.store.releases import Release
from odd17.workflows.compare import compare


def test_two_regions_side_by_side(shipped_release: Release) -> None:
    found = compare(shipped_release, ["REG-53", "Hauts-de-France"])
    assert [diagnosis.territory.id for diagnosis in found.diagnoses] == ["REG-53", "REG-32"]
    assert found.same_peers
    assert len(found.domains) == 16
    employment = found.domains[0]
    assert [score.estimate.value for score in employment.scores] == [0.0, 100.0]
    (row,) = employment.figures
    assert [cell.estimate.value for cell in row.cells if cell is not None] == [7.2, 10.8]


def test_other_levels_have_empty_cells_and_scores_that_do_not_compare(shipped_release: Release) -> None:
    found = compare(shipped_release, ["REG-53", "DEP-35", "FRM"])
    assert not found.same_peers
    (row,) = found.domains[0].figures
    assert row.cells[1] is None
    assert row.cells[2] is not None
    assert not compare(shipped_release, ["FR", "FRM"]).same_peers


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "two to four"),
        (["REG-53"], "two to four"),
        (["REG-53", "REG-52", "REG-32", "REG-11", "REG-24"], "two to four"),
        (["REG-53", "REG-53"], "different"),
        (["REG-32", "Hauts-de-France"], "different"),
        (["REG-53", "53"], "ambiguous"),
        (["REG-53", "nowhere at all"], "No territory"),
    ],
)
def test_anything_else_is_refused(shipped_release: Release, names: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        compare(shipped_release, names)
