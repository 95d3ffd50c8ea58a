"""Damaged files of every format: a DataError whatever the damage, never another exception."""

from __future__ import annotations

import gzip
import io
import random

import polars as pl
import pytest

from odd17.core.indicators.intake import Dataset, Measure, TerritoryColumn
from odd17.core.kernel import DataError, Provenance
from odd17.core.territories import Level
from odd17.store.reading import read_table

DATASET = Dataset(
    id="d",
    source=Provenance("d", "T", "P", "C", "L"),
    territories=TerritoryColumn("codgeo", Level.DEPARTEMENT, vintage=2026),
    measures=(Measure("taux", "rate", period="2019"),),
)


def whole(name: str) -> bytes:
    table = pl.DataFrame({"codgeo": ["01", "2A", "971"] * 20, "taux": [7.5, 8.25, None] * 20})
    buffer = io.BytesIO()
    if name.endswith(".parquet"):
        table.write_parquet(buffer)
    elif name.endswith(".xlsx"):
        table.write_excel(buffer)
    elif name.endswith(".json"):
        buffer.write(table.write_json().encode())
    else:
        text = 'titre;x\ncodgeo;taux;nom\n01;7,5;"a;b"\n2A;8;é\n'.encode()
        buffer.write(gzip.compress(text, mtime=0) if name.endswith(".gz") else text)
    return buffer.getvalue()


def damaged(data: bytes, rng: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(result)) if result else 0
        kind = rng.random()
        if kind < 0.5 and result:
            result[place] = rng.randrange(256)
        elif kind < 0.7:
            del result[place : place + rng.randint(1, 50)]
        elif kind < 0.9:
            result[place:place] = rng.randbytes(rng.randint(1, 10))
        else:
            del result[place:]
    return bytes(result)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.json", "a.parquet", "a.xlsx"])
def test_damage_is_told(name: str) -> None:
    rng = random.Random(name)
    data = whole(name)
    assert read_table(data, name, DATASET)[0].frame.height > 0
    refused = 0
    for _ in range(150):
        try:
            read_table(damaged(data, rng), name, DATASET)
        except DataError:
            refused += 1
    assert refused > 50


class PanicException(BaseException):
    """As the Rust readers raise it."""


def test_a_panic_of_the_reader_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(data: bytes) -> None:
        raise PanicException("assertion failed")

    monkeypatch.setattr("odd17.store.reading.sheet.fastexcel.read_excel", panic)
    with pytest.raises(DataError, match="not a workbook"):
        read_table(whole("a.xlsx"), "a.xlsx", DATASET)
