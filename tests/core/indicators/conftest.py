"""Small frames and tables that the tests of the index share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from odd17.core.indicators.frame import Frame


@pytest.fixture
def frame() -> Frame:
    """Two domains of two indicators (one turned), a third without any, a root."""
    return Frame.from_table(
        pl.DataFrame(
            {
                "code": ["a", "b", "c", "d", "work", "home", "empty", "Index"],
                "parent": ["work", "work", "home", "home", "Index", "Index", "Index", None],
                "weight": [1.0, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
                "direction": [1, -1, 1, 1, 1, 1, 1, 1],
                "level": [1, 1, 1, 1, 2, 2, 2, 3],
            }
        ),
        level_names={2: "domain"},
    )


@pytest.fixture
def values() -> pl.DataFrame:
    """Five units, two gaps, an attribute."""
    return pl.DataFrame(
        {
            "code": ["u1", "u2", "u3", "u4", "u5"],
            "a": [1.0, 2.0, 3.0, 4.0, 5.0],
            "b": [9.0, 7.0, None, 3.0, 1.0],
            "c": [2.0, 2.5, 8.0, 4.0, 6.0],
            "d": [1.0, None, 3.0, 5.0, 4.0],
            "group": ["x", "x", "x", "y", "y"],
        }
    )


@dataclass(frozen=True)
class Asem:
    """The reference cases computed with COINr on the ASEM data set (51 countries, 49 indicators)."""

    folder: Path

    def table(self, name: str) -> pl.DataFrame:
        """A file as it is: empty cells are nulls, every double exact."""
        return pl.read_csv(self.folder / f"{name}.csv", infer_schema_length=None)

    def matrix(self, name: str, units: Sequence[str], columns: Sequence[str]) -> np.ndarray:
        """Columns of a file in the order of the units, NaN where missing."""
        table = self.table(name)
        rows = {unit: row for row, unit in enumerate(table["uCode"])}
        numbers = table.select(pl.col(columns).cast(pl.Float64)).to_numpy()
        return numbers[[rows[unit] for unit in units]]

    @cached_property
    def frame(self) -> Frame:
        meta = self.table("iMeta").filter(pl.col("Type").is_in(["Indicator", "Aggregate"]))
        names = {
            "iCode": "code", "Parent": "parent", "Weight": "weight", "Direction": "direction",
            "Denominator": "denominator", "Target": "target", "Level": "level",
        }  # fmt: skip
        return Frame.from_table(
            meta.select(list(names)).rename(names), level_names={1: "indicator", 2: "pillar", 3: "sub-index"}
        )

    @cached_property
    def values(self) -> pl.DataFrame:
        return self.table("iData_raw")


@pytest.fixture(scope="session")
def asem(shared: Path) -> Asem:
    return Asem(shared / "reference-cases" / "asem")


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A local session of Spark; skips, with the reason, where Java or PySpark is absent."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java on this machine: Spark needs one (on Debian: apt install openjdk-17-jre-headless)")
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is absent: pip install 'odd17[spark]'")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        # small tables: compiling queries and the JVM's own optimising would be most of the time
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    builder = sql.SparkSession.builder.master("local[2]").appName("odd17")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
