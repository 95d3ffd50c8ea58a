"""The demonstration: a release of its own, of the figures that odd17 has and of studies that are made up.

It lives in a home of its own inside odd17's. Its studies go the way of real ones: a study file and a file of
respondents, read, checked, estimated, withheld; no release but this one takes them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import yaml

from odd17.core.perceptions.fictitious import SEED, FictitiousStudy, fictitious_studies
from odd17.core.perceptions.fictitious_file import RESPONDENTS, study_document
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.store import places
from odd17.store.releases import Release, list_releases
from odd17.store.releases.versions import versions
from odd17.store.snapshots import alone
from odd17.store.studies import current_studies
from odd17.store.territories import load_shipped_cog
from odd17.store.whole_files import write_whole

from .build_release import Progress, build_release
from .import_study import import_study

_KEPT = 2
"""Releases of the demonstration that are kept: the one that answers, and the one a reader may be in the middle of."""


def build_demonstration(home: Path | None = None, *, seed: int = SEED, progress: Progress | None = None) -> Release:
    """Build the release of the demonstration, or find that nothing it is made of changed; gives that release.

    ``home`` is odd17's own where None; the demonstration is under it. Raises what ``build_release`` raises; the release
    that answered then still does.
    """
    tell = progress or (lambda step, done, total: None)
    figures = places.home() if home is None else home
    inside = places.demonstration(figures)
    cog = load_shipped_cog()
    studies = fictitious_studies(_regions(cog), seed)
    with alone(inside):
        _forget_what_other_code_made(inside)
        for done, study in enumerate(studies):
            tell("studies", done, len(studies))
            _import(study, inside, cog)
        tell("studies", len(studies), len(studies))
    release = build_release(home=inside, figures=figures, fictitious=True, progress=progress)
    for older in [other for other in list_releases(inside) if other.id != release.id][_KEPT - 1 :]:
        shutil.rmtree(older.path)
        shutil.rmtree(figures / "cache" / older.id, ignore_errors=True)
    return release


def _forget_what_other_code_made(home: Path) -> None:
    """Remove the studies, unless this very code estimated them: nothing of them is worth keeping."""
    stamp, made_by = home / "made-by.json", json.dumps(versions(), sort_keys=True).encode()
    if stamp.is_file() and stamp.read_bytes() == made_by:
        return
    shutil.rmtree(home / "studies", ignore_errors=True)
    write_whole(stamp, made_by)


def _regions(cog: Cog) -> dict[str, int]:
    """The metropolitan regions by code, with their population."""
    found = cog.table.filter(level=Level.REGION.value, is_overseas=False).select("code", "population")
    return {str(code): int(population) for code, population in found.iter_rows()}


def _import(study: FictitiousStudy, home: Path, cog: Cog) -> None:
    """Keep the study, unless the same one is there."""
    written = yaml.safe_dump(study_document(study), allow_unicode=True, sort_keys=False).encode()
    answers = study.respondents.write_csv().encode()
    kept = {item.id: item for item in current_studies(home)}
    sums = {
        name: hashlib.sha256(content).hexdigest() for name, content in (("study.yml", written), (RESPONDENTS, answers))
    }
    if study.id in kept and sums.items() <= dict(kept[study.id].files).items():
        return
    with tempfile.TemporaryDirectory(dir=home, prefix=".drawing-") as folder:
        (Path(folder) / "study.yml").write_bytes(written)
        (Path(folder) / RESPONDENTS).write_bytes(answers)
        import_study(Path(folder) / "study.yml", home=home, cog=cog)
