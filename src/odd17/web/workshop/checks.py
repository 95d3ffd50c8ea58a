"""What an import of an upload would do: findings and first rows, or why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from odd17.core.indicators.indicator import Direction, Indicator
from odd17.core.indicators.intake import Findings
from odd17.core.kernel import DataError
from odd17.workflows.frame_choices import FrameChoice, frame_choices
from odd17.workflows.import_dataset import Preview, checked, preview
from odd17.workflows.releases import current_release, home

from .models import Upload
from .selectors import dataset_file_of, file_of


@dataclass(frozen=True, slots=True)
class DryRun:
    """``broken`` is why nothing can be read at all; the rest is there otherwise."""

    findings: Findings | None = None
    indicators: tuple[Indicator, ...] = ()
    preview: Preview | None = None
    broken: DataError | None = None

    @property
    def passes(self) -> bool:
        """Whether nothing stops the import."""
        return self.findings is not None and not self.findings.errors


def dry_run(upload: Upload) -> DryRun:
    """Check an upload. Its files never change, so that the answer of one check serves for the next pages."""
    return _dry_run(file_of(upload), dataset_file_of(upload), current_release().id)


@lru_cache(maxsize=8)
def _dry_run(file: Path, dataset: Path, release: str) -> DryRun:
    try:
        found = checked(file, dataset, cog=current_release().cog, home=home())
        return DryRun(found.findings, found.indicators, preview(file, dataset))
    except DataError as error:
        return DryRun(broken=error)


@dataclass(frozen=True, slots=True)
class ScoredIn:
    """A frame that may be chosen, and which of the file's indicators it would score; the others are only shown."""

    choice: FrameChoice
    scored: tuple[Indicator, ...]
    shown: tuple[Indicator, ...]


def scored_in(run: DryRun) -> tuple[ScoredIn, ...]:
    """What each frame that may be chosen would do with the file's indicators; the one of the release first."""
    found = []
    for choice in frame_choices(current_release()):
        scored = tuple(
            item
            for item in run.indicators
            if item.direction is not Direction.UNKNOWN and choice.frame.weight_of(item) is not None
        )
        found.append(ScoredIn(choice, scored, tuple(item for item in run.indicators if item not in scored)))
    return tuple(found)
