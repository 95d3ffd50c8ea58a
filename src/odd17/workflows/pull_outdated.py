"""Which sources have a newer vintage than the one kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from odd17.core.indicators.source import Source
from odd17.core.kernel import Message, Odd17Error
from odd17.store.connectors import connector_of
from odd17.store.connectors.http import Client
from odd17.store.connectors.raw import kept
from odd17.store.connectors.trouble import Offline

from .pull_choice import EVERYTHING, Choice, plan


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a source stands: the vintage kept, the newest one, and whether it is newer.

    ``is_newer`` is None where nothing is kept, or where only fetching the file would tell; ``why`` says why its service
    did not answer, and ``is_reached`` is False where no connection could be made.
    """

    source: Source
    kept: str | None
    newest: str | None
    is_newer: bool | None
    why: str | None
    is_reached: bool = True


def outdated(
    *, home: Path, folder: Path | None = None, client: Client | None = None, choice: Choice = EVERYTHING
) -> list[Standing]:
    """For each source of ``choice``: what is kept of it, and what its service offers now. Nothing is fetched.

    Where two hosts are silent and none answered, the others are not asked: this machine is offline.
    """
    asking = client or Client()
    found: list[Standing] = []
    silent: dict[str, Message] = {}
    for source in plan(choice, folder).fetched:
        raw = kept(source.id, home)
        here = None if raw is None else raw.vintage.id
        if len(silent) >= 2 and not any(item.is_reached for item in found):
            found.append(Standing(source, here, None, None, [*silent.values()][-1], is_reached=False))
            continue
        try:
            newest = connector_of(source.connector).vintages(source, asking)[0]
        except Offline as error:
            silent[error.host] = error.said
            found.append(Standing(source, here, None, None, error.said, is_reached=False))
            continue
        except Odd17Error as error:
            found.append(Standing(source, here, None, None, error.said))
            continue
        is_newer = None if raw is None or newest.stamp is None else newest.stamp != raw.vintage.stamp
        found.append(Standing(source, here, newest.id, is_newer, None))
    return found
