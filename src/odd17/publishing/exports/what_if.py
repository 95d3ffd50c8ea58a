"""The table of a reader's own choices: every rank before and after, beside its published interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.diagnosis.what_if import WhatIf
from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Provenance
from odd17.core.territories import Cog
from odd17.publishing import format, wording
from odd17.publishing.charts.readings import source_lines
from odd17.publishing.language import Translator, translator

from .table import Column, Kind, Table


def what_if_table(
    found: WhatIf, cog: Cog, *, release: str, address: str, sources: Sequence[Provenance], language: str
) -> Table:
    """A row a territory, in the order of the new ranks, with the address that gives the choices.

    The notes say the choices and cite ``sources``, those of the figures that are ranked.
    """
    _ = translator(language)
    words = {True: _("yes"), False: _("no"), None: None}
    rows = tuple(
        (
            row["territory"],
            cog[row["territory"]].name,
            row["before"],
            row["after"],
            row["shift"],
            row["low"],
            row["high"],
            words[row["beyond"]],
            address,
            release,
        )
        for row in found.table.iter_rows(named=True)
    )
    columns = (
        Column("territory", _("Territory code")),
        Column("territory_name", _("Territory")),
        Column("rank_before", _("Rank with the frame"), Kind.INTEGER),
        Column("rank_after", _("Rank with these choices"), Kind.INTEGER),
        Column("move", _("Move (above 0: nearer to rank 1)"), Kind.INTEGER),
        Column("rank_low", _("Published rank: lower bound of its interval"), Kind.INTEGER),
        Column("rank_high", _("Published rank: upper bound of its interval"), Kind.INTEGER),
        Column("beyond", _("New rank outside the published interval")),
        Column("address", _("Made again, with its sources, at")),
        Column("release", _("Release")),
    )
    title = _("What if? Ranks of the {peers} with other choices", peers=PEER_SETS[found.peer_set].in_language(language))
    notes = (
        beyond_said(found, language),
        *_choices(found, _),
        _("An exercise of a reader’s own, not a published rank. Made again at: {address}", address=address),
        *source_lines(sources, release, language),
        wording.how_to_cite(title, release, sources, language),
    )
    return Table("odd17-what-if", title, columns, rows, notes, release, _("Data"), _("Sources"))


def beyond_said(found: WhatIf, language: str) -> str:
    """How many ranks leave their published interval, or that none is published."""
    _ = translator(language)
    if found.bounded == 0:
        return _("The release publishes no interval for this index: no move can be set against one.")
    facts = {
        "count": format.number(found.beyond, language, decimals=0),
        "bounded": format.number(found.bounded, language, decimals=0),
        "level": format.quantity(100 * found.level, Unit.PERCENT, language, decimals=0),
    }
    if found.beyond == 0:
        return _("No rank leaves its published {level} interval: these choices stay within what it allows.", **facts)
    return _.plural(
        "{count} rank of {bounded} leaves its published {level} interval: this move goes beyond what other weights, "
        "scales and means were allowed to do.",
        "{count} ranks of {bounded} leave their published {level} interval: these moves go beyond what other weights, "
        "scales and means were allowed to do.",
        found.beyond,
        **facts,
    )


_SCALES: Final = {"minmax": "min-max", "zscore": "z-score"}


def _choices(found: WhatIf, _: Translator) -> list[str]:
    told = [
        _(
            "Choices: scale {scale}, mean {mean}.",
            scale=_SCALES.get(found.choices.scale, _("ranks")),
            mean=_("arithmetic") if found.choices.mean == "arithmetic" else _("geometric"),
        )
    ]
    told += [
        _("Weight of {node}: {weight}.", node=wording.node_name(node, _.language), weight=f"{weight:g}")
        for node, weight in sorted(found.choices.weights.items())
    ]
    return told
