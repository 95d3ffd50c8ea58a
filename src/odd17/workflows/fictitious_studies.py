"""Made-up studies and real ones are never in one release."""

from __future__ import annotations

from collections.abc import Iterable

from odd17.core.kernel import DataError
from odd17.core.perceptions.study import StudyDescription


def refuse_mixed(studies: Iterable[StudyDescription], *, fictitious: bool) -> None:
    """Raise DataError where a real release would hold a made-up study, or the demonstration a real one."""
    for study in studies:
        if study.fictitious and not fictitious:
            raise DataError(
                "a made-up study cannot enter a real release",
                file=study.id,
                remedy="erase it with odd17 survey erase, then build again",
            )
        if fictitious and not study.fictitious:
            raise DataError(
                "a real study cannot enter the demonstration", file=study.id, remedy="keep it in the home of real ones"
            )
