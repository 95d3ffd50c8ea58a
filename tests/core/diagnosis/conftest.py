"""The shipped table as observations, and a made-up country small enough to reckon by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import polars as pl
import pytest

from odd17.core.diagnosis.scoring import Scoring, score
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import Provenance, Text, domains
from odd17.core.territories import MEMBERSHIPS, TERRITORIES, Cog
from odd17.store.frames import read_frame
from odd17.store.inputs import shipped_inputs
from odd17.store.places import shipped
from odd17.store.territories import load_shipped_cog

Row = tuple[str, str, str, float | None]  # territory, indicator, period, value

SOURCE = Provenance("fictional", "Fictional figures", "Nobody", "Fictional figures, for tests", "CC0-1.0")


@pytest.fixture(scope="session")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.fixture(scope="session")
def frame() -> FrameDefinition:
    return read_frame(shipped() / "frames" / "report-2019.yml")


@pytest.fixture(scope="session")
def indicators() -> dict[str, Indicator]:
    """The ten indicators of the report's regional table, and the population."""
    return {id: item for source in shipped_inputs() for id, item in source.indicators.items()}


@pytest.fixture(scope="session")
def observations() -> pl.DataFrame:
    """The report's regional table, and the population of every territory."""
    tables = [source.observations for source in shipped_inputs() if source.observations is not None]
    return pl.concat([table.select(list(OBSERVATIONS)) for table in tables]).collect()


@pytest.fixture(scope="session")
def scoring(observations: pl.DataFrame, indicators: dict[str, Indicator], frame: FrameDefinition, cog: Cog) -> Scoring:
    return score(observations, indicators, frame, cog)


@pytest.fixture(scope="session")
def made_up() -> Callable[..., Indicator]:
    """A fictional indicator, of employment unless told otherwise."""

    def make(id: str = "jobless", domain: str | None = "employment", **changes: object) -> Indicator:
        item = Indicator(
            id=id,
            name=Text(id, id),
            definition=Text("Fictif.", "Fictional."),
            unit=Unit.PERCENT,
            direction=Direction.FRAGILITY_UP,
            direction_status="ours",
            domain=domain,
            source=SOURCE,
        )
        return replace(item, **changes)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def one_each(made_up: Callable[..., Indicator]) -> dict[str, Indicator]:
    """A fictional indicator for each of the 16 domains."""
    return {f"made_up_{domain.id}": made_up(f"made_up_{domain.id}", domain.id) for domain in domains()}


@pytest.fixture(scope="session")
def tell() -> Callable[..., pl.DataFrame]:
    """Observations from (territory, indicator, period, value); ``statuses`` gives the status of some territories."""

    def make(rows: Sequence[Row], statuses: Mapping[str, str] | None = None, note: str | None = None) -> pl.DataFrame:
        full = [
            (
                territory, territory.partition("-")[0], 2026, indicator, period, value, None, None,
                (statuses or {}).get(territory, "A" if value is not None else "O"), "F", "fictional", note,
            )
            for territory, indicator, period, value in rows
        ]  # fmt: skip
        return pl.DataFrame(full, schema=OBSERVATIONS, orient="row")

    return make


@pytest.fixture(scope="session")
def country() -> Callable[[Mapping[str, int]], Cog]:
    """A made-up country of metropolitan regions: code and population."""

    def make(regions: Mapping[str, int]) -> Cog:
        rows = [
            ("FR", "FR", "FR", "France", "france", [], sum(regions.values()), None, False, True, []),
            ("FRM", "FRM", "FRM", "Métropole", "metropole", ["FR"], sum(regions.values()), None, False, True, []),
            *(
                (f"REG-{code}", "REG", code, f"Région {code}", code, ["FRM", "FR"], people, None, False, True, [])
                for code, people in regions.items()
            ),
        ]
        table = pl.DataFrame(rows, schema=TERRITORIES, orient="row")
        return Cog(table, pl.DataFrame(schema=MEMBERSHIPS))

    return make
