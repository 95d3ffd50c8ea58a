"""Communes that are none any more, or only a part of one: found by name or code, and where they are today."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from .cog import Cog
from .levels import Level, territory_id
from .normalised import slug, words
from .search import NameIndex


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune of before, delegated or associated today if it is anything, and ``commune``, the code that holds it."""

    code: str
    name: str
    commune: str

    @property
    def holder(self) -> str:
        """The identifier of the commune that holds it today."""
        return territory_id(Level.COMMUNE, self.commune)

    def answers_to(self, text: str) -> bool:
        """Whether ``text`` is its whole name or its code."""
        return text.strip() == self.code or words(text) == words(self.name)


class FormerCommunes:
    """The communes of ``former`` (columns ``FORMER_COMMUNES``) that a commune of ``cog`` holds, by name and code.

    >>> from odd17.store.territories import former_communes, load_shipped_cog
    >>> FormerCommunes(former_communes(), load_shipped_cog()).search("beon")[0].holder
    'COM-01138'
    """

    def __init__(self, former: pl.DataFrame, cog: Cog) -> None:
        people = cog.table.filter(pl.col("level") == Level.COMMUNE.value).select("population", commune="code")
        known = former.join(people, on="commune", how="inner", maintain_order="left")
        self._names = [FormerCommune(*row) for row in known.select("code", "name", "commune").iter_rows()]
        slugs = pl.Series("slug", [slug(item.name) for item in self._names], dtype=pl.String)
        table = known.select(pl.lit(Level.COMMUNE.value).alias("level"), "code", "name", slugs, "population")
        self._index = NameIndex(table, {}) if self._names else None
        self._cog = cog

    def search(self, text: str, limit: int = 10) -> list[FormerCommune]:
        """Those that ``text`` may mean, in the order of ``Cog.search``, held by the largest first among equals.

        One that gave its name to the commune that holds it is left out: that commune answers to the name itself.
        """
        if self._index is None:
            return []
        found = [self._names[row] for row in self._index.search(text, 4 * limit)]
        told = (item for item in found if words(item.name) != words(self._cog[item.holder].name) or item.code in text)
        return list(told)[:limit]
