"""Build a release: gather what odd17 ships and what was imported, check, score, write, and switch to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from odd17.core.diagnosis.scoring import score
from odd17.core.indicators.described import DescribedCatalogue, described
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.own_figures import own_figures
from odd17.core.kernel import FICTITIOUS, in_language
from odd17.core.territories.cog import Cog
from odd17.core.territories.movements import Movements
from odd17.core.territories.own import with_own
from odd17.store import places
from odd17.store.catalogue import indicator_to_json
from odd17.store.checksum import sha256_of
from odd17.store.current_catalogue import read_domain_catalogues
from odd17.store.described_catalogue import catalogue_to_json
from odd17.store.frames import frame_to_json, read_frame, shipped_frame
from odd17.store.inputs import Input, imported_inputs, shipped_inputs
from odd17.store.movements import load_movements, movements_file
from odd17.store.own_territories import OwnFile, own_files
from odd17.store.provenance import provenance_to_json
from odd17.store.releases import Release, layout, open_release, use, verify
from odd17.store.releases.draft import Draft, building_alone, drafting
from odd17.store.releases.exports import export_table
from odd17.store.releases.ordered import as_text, ordered
from odd17.store.releases.versions import versions
from odd17.store.sources import read_sources
from odd17.store.studies import KeptStudy, current_studies
from odd17.store.territories import load_shipped_cog

from .cross_studies import study_facts, write_studies
from .fictitious_studies import refuse_mixed
from .release_contents import commune_parts, defined, gathered, refuse_duplicates, refuse_unknown_territories

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and how much there is (0: unknown)."""

Draw = Callable[[Release, Progress], Iterable[tuple[str, bytes]]]
"""Draws the maps of a release that is being built: gives the path of each under ``maps/`` and its SVG."""


def build_release(
    *,
    home: Path | None = None,
    frame: Path | None = None,
    progress: Progress | None = None,
    draw: Draw | None = None,
    figures: Path | None = None,
    fictitious: bool = False,
) -> Release:
    """Build the release of everything there is, make it the current one, and return it.

    ``home`` is odd17’s own where None; ``frame`` the file of a frame. Where None it is the current frame as soon as an
    imported dataset defines one of its indicators, else the report’s of 2019. The same inputs, frame and code give the
    same identifier and the same bytes; where that release is already there and whole, it is only switched to. Raises
    DataError where inputs contradict each other, and ReleaseError where another build is running or the disk is full;
    the release that was current then still is. ``figures`` is the home whose imported figures are read, where that is
    not ``home``; ``fictitious`` is for the demonstration alone, the studies of which are made up.
    """
    tell = progress or (lambda step, done, total: None)
    with building_alone(home):
        tell("inputs", 0, 1)
        plan = _plan(home, frame, figures or home, with_maps=draw is not None, fictitious=fictitious)
        tell("inputs", 1, 1)
        if _is_whole(plan.id, home):
            return use(plan.id, home)
        with drafting(plan.id, home) as draft:
            counts = _write(draft, plan, tell)
            for name, svg in draw(draft.as_release(), tell) if draw is not None else ():
                draft.file(f"{layout.MAPS}/{name}", svg)
            tell("publish", 0, 1)
            release = draft.publish(_facts(plan, counts))
            tell("publish", 1, 1)
            return release


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that a release's bytes depend on, and the identifier that follows from it."""

    id: str
    digest: str
    newest: date
    inputs: Sequence[Input]
    indicators: Mapping[str, Indicator]
    frame: FrameDefinition
    catalogue: DescribedCatalogue
    cog: Cog
    own: Sequence[OwnFile]
    movements: Movements
    movements_digest: str | None
    studies: Sequence[KeptStudy]
    fictitious: bool


def _plan(
    home: Path | None, frame_file: Path | None, figures: Path | None, *, with_maps: bool, fictitious: bool
) -> _Plan:
    studies = current_studies(places.home() if home is None else home)
    refuse_mixed([study.description for study in studies], fictitious=fictitious)
    inputs = [*shipped_inputs(), *imported_inputs(figures)]
    frame = read_frame(frame_file) if frame_file is not None else _default_frame(inputs)
    indicators = defined(inputs)
    catalogue = described(read_domain_catalogues(), read_sources())
    own = own_files(figures)
    moves = movements_file(figures)
    moves_digest = None if moves is None else sha256_of(moves)
    total = {
        "inputs": {
            item.id: {
                "files": dict(sorted(item.files.items())),
                "provenance": provenance_to_json(item.provenance),
                "about": item.about,
            }
            for item in inputs
        },
        "indicators": [indicator_to_json(indicator) for indicator in indicators.values()],
        "own_territories": {item.territory.code: item.sha256 for item in own},
        "movements": moves_digest,
        "frame": frame_to_json(frame),
        "catalogue": catalogue_to_json(catalogue),
        "versions": versions(),
        "maps": with_maps,
    } | _of_studies(studies, fictitious)
    digest = hashlib.sha256(json.dumps(total, sort_keys=True).encode()).hexdigest()
    newest = max(_date_of(item) for item in inputs if item.observations is not None and _is_dated(item))
    return _Plan(
        id=f"{newest}-{digest[:8]}{FICTITIOUS if fictitious else ''}",
        digest=digest,
        newest=newest,
        inputs=inputs,
        indicators=indicators,
        frame=frame,
        catalogue=catalogue,
        cog=with_own(load_shipped_cog(), [item.territory for item in own]),
        own=own,
        movements=load_movements(figures),
        movements_digest=moves_digest,
        studies=studies,
        fictitious=fictitious,
    )


def _of_studies(studies: Sequence[KeptStudy], fictitious: bool) -> dict[str, Any]:
    """What is said of studies, in the manifest and in what the identifier depends on: nothing where there is none."""
    told: dict[str, Any] = {"studies": study_facts(studies)} if studies else {}
    return told | ({"fictitious": True} if fictitious else {})


def _default_frame(inputs: Sequence[Input]) -> FrameDefinition:
    current = read_frame(shipped_frame("current"))
    brought_in = {id for item in inputs if item.kind == "imported" for id in item.indicators}
    if any(node.id in brought_in for node in current.indicators):
        return current
    return read_frame(shipped_frame("report-2019"))


def _date_of(item: Input) -> date:
    found = item.provenance.published or item.provenance.retrieved
    return found or date.min


def _is_dated(item: Input) -> bool:
    """Whether its date says how new its figures are: the day when odd17 took the contours does not."""
    return item.kind != "shipped" or item.provenance.published is not None


def _is_whole(id: str, home: Path | None) -> bool:
    there = layout.releases_folder(home) / id / layout.MANIFEST
    return there.is_file() and not verify(open_release(id, home))


def _write(draft: Draft, plan: _Plan, tell: Progress) -> dict[str, Any]:
    """Write everything but the maps and the manifest; returns the counts that the manifest states."""
    tell("tables", 0, 1)
    draft.table(layout.TERRITORIES, plan.cog.table)
    draft.table(layout.MEMBERSHIPS, plan.cog.memberships)
    draft.table(layout.EPCI_SPANS, plan.cog.epci_spans)
    if plan.own:
        draft.table(layout.OWN_MEMBERSHIPS, plan.cog.own_memberships)
    draft.json(layout.INDICATORS, [indicator_to_json(plan.indicators[id]) for id in sorted(plan.indicators)])
    draft.json(layout.FRAME, frame_to_json(plan.frame))
    draft.json(layout.CATALOGUE, catalogue_to_json(plan.catalogue))
    contents = gathered(plan.inputs, plan.indicators, plan.cog, plan.movements)
    refuse_unknown_territories(contents.observations, plan.cog)
    figures = contents.observations
    if plan.own:
        parts = commune_parts(plan.inputs, plan.indicators, plan.cog, plan.movements)
        own = own_figures(pl.concat([figures, *parts]), plan.indicators, plan.cog)
        figures = pl.concat([figures, own.lazy()])
    observations = ordered(figures)
    refuse_duplicates(observations)
    draft.table(layout.OBSERVATIONS, observations)
    draft.table(layout.CARRIED, contents.carried)
    tell("tables", 1, 1)

    tell("scores", 0, 1)
    scoring = score(
        pl.scan_parquet(draft.path / layout.OBSERVATIONS),
        plan.indicators,
        plan.frame,
        plan.cog,
        {id: item.breaks for id, item in plan.catalogue.indicators.items()},
    )
    scored = draft.table(layout.SCORES, scoring.scores.sort(layout.SCORE_ORDER))
    for peer_set, log in sorted(scoring.logs.items()):
        draft.json(f"{layout.METHOD}/{peer_set}.json", log)
    draft.json(layout.CHECKS, [check.to_dict() for check in scoring.checks])
    tell("scores", 1, 1)

    studied: dict[str, int] = {}
    if plan.studies:
        tell("crossing", 0, 1)
        studied = write_studies(draft, plan.studies, scoring, plan.frame.uncertainty, plan.cog)
        tell("crossing", 1, 1)

    by_level = dict(as_text(observations.group_by("level").len()).sort("level").collect().iter_rows())
    sources = {item.id: item.provenance for item in plan.inputs}
    for done, level in enumerate(by_level):
        tell("exports", done, len(by_level))
        guarded, plain = (
            export_table(
                observations,
                level,
                cog=plan.cog,
                indicators=plan.indicators,
                sources=sources,
                release=plan.id,
                guarded=guarded,
            )
            for guarded in (True, False)
        )
        draft.exports(level, csv=guarded, parquet=plain)
    tell("exports", len(by_level), len(by_level))
    return {
        "territories": len(plan.cog),
        "indicators": len(plan.indicators),
        "observations": observations.height,
        "observations_by_level": by_level,
        "scores": scored,
        "carried": _outcomes(contents.carried),
        **studied,
    }


def _outcomes(carried: pl.DataFrame) -> list[dict[str, Any]]:
    """How many territories and figures of each input were recoded, merged, split…"""
    summary = carried.group_by("source", "vintage", "level", "outcome").agg(
        territories=pl.col("territory").n_unique(), figures=pl.col("rows").sum()
    )
    return summary.sort("source", "vintage", "level", "outcome").to_dicts()


def _facts(plan: _Plan, counts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": f"odd17-{plan.id}",
        "title": f"odd17, release {plan.id}",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "newest_input": plan.newest.isoformat(),
        "sources": [
            {"title": in_language(item.provenance.title, "fr")}
            | ({"path": item.provenance.url} if item.provenance.url else {})
            for item in plan.inputs
        ],
        "inputs": [
            {
                "kind": item.kind,
                **provenance_to_json(item.provenance),
                "id": item.id,
                "files": dict(item.files),
                "about": item.about,
            }
            for item in plan.inputs
        ],
        "own_territories": [
            {"id": item.territory.id, "name": item.territory.name, "sha256": item.sha256} for item in plan.own
        ],
        "movements": plan.movements_digest,  # of INSEE's file, where figures of other vintages could be followed
        "versions": versions(),
        "seed": plan.frame.uncertainty.seed,
        "digest": plan.digest,
        "frame": plan.frame.id,
        "counts": dict(counts),
    } | _of_studies(plan.studies, plan.fictitious)
