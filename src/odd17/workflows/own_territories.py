"""Define, list and forget territories of one's own; they enter the next release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from odd17.core.kernel import ReleaseError
from odd17.core.territories import Cog, Level, OwnTerritory, with_own
from odd17.store.own_territories import OwnFile, define, forget, own_files
from odd17.store.releases import current_release
from odd17.store.territories import load_shipped_cog

__all__ = ["Known", "OwnFile", "define", "forget", "known_territories", "own_files"]


@dataclass(frozen=True, slots=True)
class Known:
    """Every territory there is, one's own among them.

    ``released`` says of each of one's own (identifier) which release has it as it is defined; None where the next one
    will. A territory that was forgotten and that the current release still has is there too.
    """

    cog: Cog
    released: Mapping[str, str | None]


def known_territories(home: Path | None = None) -> Known:
    """The shipped territories, those defined under ``home`` (None: odd17's own) and those of its current release.

    Raises DataError naming the file where the definition of one is damaged.
    """
    defined = {item.territory.id: item.territory for item in own_files(home)}
    try:
        release = current_release(home)
    except ReleaseError:  # none was built: what is defined is all there is
        held: dict[str, OwnTerritory] = {}
    else:
        held = {item.id: item for item in _own_of(release.cog)}
    released = {
        id: release.id if id in held and defined.get(id, held[id]).communes == held[id].communes else None
        for id in {**held, **defined}
    }
    return Known(with_own(load_shipped_cog(), {**held, **defined}.values()), released)


def _own_of(cog: Cog) -> list[OwnTerritory]:
    found = [cog[id] for id in cog.at(Level.OWN)]
    prefix = f"{Level.COMMUNE.value}-"
    return [
        OwnTerritory(
            item.code, item.name, tuple(id.removeprefix(prefix) for id in cog.children(item.id, Level.COMMUNE))
        )
        for item in found
    ]
