"""A place to import into: a home of its own, the shipped COG, and a dataset file that tests vary."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
import yaml

from odd17.core.indicators.intake import Findings
from odd17.core.kernel import DataError
from odd17.core.territories import Cog
from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_dataset import Imported, check, import_dataset

RATE = {
    "name": {"fr": "Taux", "en": "Rate"},
    "definition": {"fr": "Un taux.", "en": "A rate."},
    "unit": "percent",
    "direction": "fragility_up",
    "domain": "employment",
}
COUNT = RATE | {"unit": "count", "is_count": True, "direction": "unknown", "decimals": 0}


@dataclass(frozen=True)
class Desk:
    """Where a test lays files and imports them."""

    folder: Path
    cog: Cog

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def write(self, content: str | bytes, name: str = "rates.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def dataset(self, **changes: Any) -> Path:
        """A dataset file; keyword arguments replace its keys, and None takes a key away."""
        document: dict[str, Any] = {
            "id": "rates",
            "title": "Rates",
            "source": {"producer": "P", "citation": "C", "licence": "L", "published": "2024-01-01"},
            "territories": {"column": "codgeo", "level": "DEP", "vintage": 2026},
            "period": 2019,
            "columns": {"taux": "rate"},
            "indicators": {"rate": RATE, "people": COUNT},
        }
        document |= changes
        # through JSON, so that nothing is the same object twice: YAML would write a reference
        document = json.loads(json.dumps({key: value for key, value in document.items() if value is not None}))
        return self.write(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "rates.yml")

    def check(self, content: str | bytes | Path, name: str = "rates.csv", **changes: Any) -> Findings:
        path = content if isinstance(content, Path) else self.write(content, name)
        return check(path, self.dataset(**changes), cog=self.cog, catalogue={})

    def load(self, content: str | bytes | Path, name: str = "rates.csv", **changes: Any) -> Imported:
        path = content if isinstance(content, Path) else self.write(content, name)
        return import_dataset(path, self.dataset(**changes), home=self.home, cog=self.cog, catalogue={})

    def rows(self, content: str | bytes | Path, name: str = "rates.csv", **changes: Any) -> pl.DataFrame:
        return self.load(content, name, **changes).observations().collect()

    def refusal(self, content: str | bytes | Path, name: str = "rates.csv", **changes: Any) -> DataError:
        """The error of an import, which must leave nothing behind."""
        with pytest.raises(DataError) as caught:
            self.load(content, name, **changes)
        assert not self.home.exists(), "something was written"
        return caught.value


@pytest.fixture(scope="session")
def shipped_cog() -> Cog:
    return load_shipped_cog()


@pytest.fixture
def desk(tmp_path: Path, shipped_cog: Cog) -> Desk:
    return Desk(tmp_path, shipped_cog)


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Makes a workbook of rows, the same on each of its ``sheets``."""

    def made(rows: list[list[object]], *, sheets: int = 1) -> bytes:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        for number in range(sheets):
            sheet = book.add_worksheet(f"Sheet {number}")
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
        book.close()
        return buffer.getvalue()

    return made
