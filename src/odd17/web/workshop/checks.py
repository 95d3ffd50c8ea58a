"""What an import of an upload would do: findings and first rows, or why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from odd17.core.indicators.intake import Findings
from odd17.core.kernel import DataError
from odd17.workflows.import_dataset import Preview, check, preview
from odd17.workflows.releases import current_release, home

from .models import Upload
from .selectors import dataset_file_of, file_of


@dataclass(frozen=True, slots=True)
class DryRun:
    """``broken`` is why nothing can be read at all; ``findings`` and ``preview`` are there otherwise."""

    findings: Findings | None = None
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
        findings = check(file, dataset, cog=current_release().cog, home=home())
        return DryRun(findings, preview(file, dataset))
    except DataError as error:
        return DryRun(broken=error)
