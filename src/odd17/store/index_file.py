"""The file of an index of one's own: where its values and nodes are, its steps, and what is drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from odd17.core.kernel import DataError, Message

from .documents import read_document


@dataclass(frozen=True, slots=True)
class IndexFile:
    """What the file says, its tables read. ``tables`` are the CSV files that a step names under ``by``."""

    values: pl.DataFrame
    unit: str
    nodes: pl.DataFrame
    level_names: Mapping[int, str]
    steps: Sequence[Mapping[str, Any]]
    tables: Mapping[str, pl.DataFrame]
    uncertainty: Mapping[str, Any] | None


def read_index_file(path: Path) -> IndexFile:
    """The index that the YAML file at ``path`` describes, with the CSV files beside it.

    Raises DataError that names the file, the row and the field where one is absent or does not fit.
    """
    document = read_document(path, "index")
    folder, unit = path.parent, document["unit"]
    sides = {step["by"]: step["on"] for step in document["steps"] if isinstance(step.get("by"), str) and "on" in step}
    names = document.get("level_names", {})
    for name in names:
        if not name.isdigit():
            raise DataError("a level is a whole number", file=str(path), column="level_names", value=name)
    return IndexFile(
        values=read_csv(folder / document["values"], text=[unit]),
        unit=unit,
        nodes=read_csv(folder / document["nodes"], text=["code", "parent", "denominator"]),
        level_names={int(number): name for number, name in names.items()},
        steps=document["steps"],
        tables={file: read_csv(folder / file, text=[on]) for file, on in sides.items()},
        uncertainty=document.get("uncertainty"),
    )


def read_csv(path: Path, *, text: Sequence[str]) -> pl.DataFrame:
    """A CSV in UTF-8: commas and points, or semicolons and decimal commas; the columns ``text`` are never numbers."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            header = file.readline()
        french = header.count(";") > header.count(",")
        columns = [name.strip().strip('"') for name in header.strip().split(";" if french else ",")]
        return pl.read_csv(
            path,
            separator=";" if french else ",",
            decimal_comma=french,
            infer_schema_length=None,
            schema_overrides={name: pl.String for name in text if name in columns},
        )
    except FileNotFoundError:
        raise DataError("the file does not exist", file=str(path), remedy="check its name") from None
    except (OSError, UnicodeDecodeError, pl.exceptions.PolarsError) as error:
        raise DataError(
            Message(
                "the file cannot be read as CSV ({error})",
                error=str(error),
            ),
            file=str(path),
            remedy="save it in UTF-8",
        ) from error
