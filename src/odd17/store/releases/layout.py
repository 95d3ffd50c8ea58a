"""What stands where in a release, and how its tables are written."""

from __future__ import annotations

import re
from pathlib import Path

from odd17.core.kernel import FICTITIOUS
from odd17.store import places

FORMAT = 1
"""The form of a release's files, which the manifest states: raised when an older odd17 could not read them rightly."""

MANIFEST = "datapackage.json"
TERRITORIES = "territories.parquet"
MEMBERSHIPS = "memberships.parquet"
EPCI_SPANS = "epci_spans.parquet"
OWN_MEMBERSHIPS = "own_memberships.parquet"
INDICATORS = "indicators.json"
FRAME = "frame.json"
CATALOGUE = "catalogue.json"
OBSERVATIONS = "observations.parquet"
SCORES = "scores.parquet"
CARRIED = "carried.parquet"
PERCEPTIONS = "perceptions.parquet"
STUDIES = "studies.json"
CROSSINGS = "crossings.parquet"
GAPS = "gaps.parquet"
PRIORITIES = "priorities.parquet"
CHECKS = "checks.json"
METHOD = "method"
MAPS = "maps"
EXPORTS = "exports"

OBSERVATION_ORDER = ("level", "territory", "indicator", "period", "vintage")
SCORE_ORDER = ("peer_set", "territory", "node")
ROW_GROUP = 50_000
"""Rows a Parquet row group: small enough that reading one territory stays small, large enough to compress."""

IDENTIFIER = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}-[0-9a-f]{{8}}({FICTITIOUS})?")
"""The form of a release's identifier: date of its newest input, eight digits of their digest, whether it is made up."""

LOCK = ".lock"
DRAFT_PREFIX = ".building-"
POINTER_PREFIX = ".current-"
CURRENT = "CURRENT"


def releases_folder(home: Path | None) -> Path:
    """The folder of releases under ``home`` (None: odd17's own home)."""
    return (places.home() if home is None else home) / "releases"
