"""The cells of a row by our names of its columns, and the faults that name their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from odd17.core.kernel import DataError, Message

from .gathering import Gathering

Row = tuple[int, Sequence[str]]
"""The number of a row in its file, and its cells."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: ``told`` is the text of each column that the file has, ``headings`` what the file calls it."""

    row: int
    told: Mapping[str, str]
    headings: Mapping[str, str]
    file: str | None

    def text(self, name: str) -> str:
        """The cell, empty where the file has no such column."""
        return self.told.get(name, "")

    def filled(self, name: str) -> str:
        """The cell; DataError where it is empty."""
        if not self.text(name):
            raise self.wrong("the cell is empty", name, remedy="fill it in")
        return self.text(name)

    def several(self, name: str) -> tuple[str, ...]:
        """What semicolons separate, each once."""
        return tuple(dict.fromkeys(part.strip() for part in self.text(name).split(";") if part.strip()))

    def whole(self, name: str) -> int:
        """The cell as a whole number of six digits at most; DataError where it is none."""
        text = self.text(name)
        if text.isascii() and text.removesuffix(".0").isdigit() and len(text) <= 6:
            return int(text.removesuffix(".0"))
        raise self.wrong("a whole number is expected", name, text, remedy="correct the cell")

    def wrong(self, message: str, name: str, value: object = None, *, remedy: str | None) -> DataError:
        """What is wrong with the cell of this ``name``, to be raised."""
        return DataError(
            message, file=self.file, row=self.row, column=self.headings.get(name, name), value=value, remedy=remedy
        )


def cells_of(
    header: Sequence[str],
    rows: Sequence[Row],
    names: Mapping[str, tuple[str, ...]],
    needed: Sequence[str],
    file: str | None,
) -> tuple[Cells, ...]:
    """Each row by ``names`` (ours, and how a file may head them; accents and capitals do not count).

    Raises DataError, of every column at once, where one that is needed is missing (with the near name) or two have
    one name.
    """
    places = _places(header, names, needed, file)
    headings = {name: header[at] for name, at in places.items()}
    return tuple(
        Cells(
            number, {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}, headings, file
        )
        for number, row in rows
    )  # fmt: skip


def key(cell: str) -> str:
    """A name without accents, capitals and spare spaces.

    >>> key(" Numéro_d’ordre ")
    'numero d’ordre'
    """
    bare = "".join(one for one in unicodedata.normalize("NFD", cell) if not unicodedata.combining(one))
    return " ".join(bare.casefold().replace("_", " ").split())


def _places(
    header: Sequence[str], names: Mapping[str, tuple[str, ...]], needed: Sequence[str], file: str | None
) -> dict[str, int]:
    keys = [key(cell) for cell in header]
    places: dict[str, int] = {}
    met = Gathering()
    for column, known in names.items():
        bare = [key(one) for one in known]
        at = [place for place, one in enumerate(keys) if one in bare]
        with met.here():
            if len(at) > 1:
                raise DataError(
                    "two columns have this name", file=file, column=header[at[1]], remedy="name one of them anew"
                )
            if not at and column in needed:
                near = get_close_matches(bare[0], keys, n=1) or get_close_matches(bare[-1], keys, n=1)
                hint = Message("did you mean {near!r}? ", near=header[keys.index(near[0])]) if near else ""
                raise DataError(
                    "the file has no such column", file=file, column=known[0],
                    remedy=Message("{hint}The file has {columns}", hint=hint, columns=list(header[:20])),
                )  # fmt: skip
        if at:
            places[column] = at[0]
    met.end()
    return places
