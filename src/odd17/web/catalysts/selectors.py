"""Reading the directory: what everyone may see, and each entry to its holder or to moderators."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from odd17.core.kernel.months import months_after
from odd17.core.resources.catalyst_directory import Directory
from odd17.core.resources.catalysts import FORGET_MONTHS, Absence, Catalyst, Kind, is_lapsed, shown
from odd17.core.resources.catalysts_near import Reach
from odd17.core.territories import Cog
from odd17.web.accounts.addresses import confirmed_addresses
from odd17.web.practices.models import Practice
from odd17.web.practices.selectors import published
from odd17.workflows.catalysts import cited_catalysts, covered_today

from .models import CatalystEntry, GoneEntry, StatedAbsence
from .version import directory_version

MODERATE = "catalysts.moderate_entry"
_PUBLIC = (
    "slug", "name", "kind", "trades", "domains", "territories", "services", "languages", "summary", "practices",
    "sources", "confirmed",
)  # fmt: skip


def directory_today(cog: Cog) -> Directory:
    """The entries that a reader may see today, in the code of ``cog``: those kept, and those cited that nobody holds.

    What its holder withdrew, and what nobody confirmed for too long, is not among them. It is kept in memory under its
    version, read first: what a change takes away is gone at the next request. Within a transaction, which may be
    undone, it is read afresh.
    """
    version = directory_version()
    if transaction.get_connection().in_atomic_block:
        return _read(cog, version[1])
    return _kept(cog, *version)


@lru_cache(maxsize=2)
def _kept(cog: Cog, _number: int, day: date) -> Directory:
    return _read(cog, day)


def _read(cog: Cog, day: date) -> Directory:
    public = CatalystEntry.objects.filter(public=True).order_by("pk").values_list(*_PUBLIC, named=True)
    kept = shown([entry_catalyst(entry, cog) for entry in public], day)
    cited = cited_catalysts()
    gone = set(GoneEntry.objects.filter(origin=cited.origin).values_list("origin_id", flat=True))
    taken = gone.union(one.id for one in kept)  # who holds a cited entry stands at its address
    return Directory([*kept, *(one for one in cited.catalysts if one.id not in taken)], cog)


def catalysts_shown(cog: Cog) -> tuple[Catalyst, ...]:
    """The entries that a reader may see today, by name."""
    return directory_today(cog).catalysts


def catalyst_shown(slug: str, cog: Cog) -> Catalyst | None:
    """The entry of this address, None where a reader may see none."""
    return directory_today(cog).get(slug)


def catalysts_near(territory: str, cog: Cog) -> tuple[tuple[Catalyst, Reach], ...]:
    """Those who work on a territory, then on what holds it, then on its parts; UnknownTerritory for no identifier."""
    return directory_today(cog).near(territory)


def entry_catalyst(entry: Any, cog: Cog) -> Catalyst:
    """An entry, or its public columns, as the rules read it: in the code of ``cog``, without anybody's address."""
    return Catalyst(
        id=entry.slug,
        name=entry.name,
        kind=Kind(entry.kind),
        trades=tuple(entry.trades),
        domains=tuple(entry.domains),
        territories=covered_today(entry.territories, cog),
        services=tuple(entry.services),
        languages=tuple(entry.languages),
        summary=entry.summary,
        practices=tuple(str(number) for number in entry.practices),
        sources=tuple(line for line in entry.sources.splitlines() if line.strip()),
        confirmed=entry.confirmed,
        cited=entry.confirmed is None,
    )


def absences(cog: Cog) -> tuple[Absence, ...]:
    """Where somebody looked for a trade, and found nobody."""
    return tuple(
        Absence(one.trade, id, one.source, one.day)
        for one in StatedAbsence.objects.all()
        for id in covered_today([one.territory], cog)
    )


def practices_of(catalyst: Catalyst) -> QuerySet[Practice]:
    """The public practices in which it took part."""
    return published().filter(pk__in=[int(number) for number in catalyst.practices])


def reachable(slug: str, cog: Cog) -> CatalystEntry | None:
    """The entry of this address whose holder may be written to: shown, and confirmed by them; None for any other."""
    found = catalyst_shown(slug, cog)
    if found is None or found.confirmed is None:
        return None
    return CatalystEntry.objects.filter(slug=slug, public=True).exclude(email="").first()


def holder_of(cited: str) -> CatalystEntry | None:
    """Who holds a cited entry; None where nobody does any more, since nobody confirmed it for too long."""
    found = CatalystEntry.objects.filter(cited=cited, public=True).exclude(confirmed=None).first()
    return None if found is None or is_lapsed(found.confirmed, timezone.localdate()) else found


def cited_entry(slug: str) -> Catalyst | None:
    """What the report says of the structure of this address, whoever holds it now; None where it says nothing."""
    return next((one for one in cited_catalysts().catalysts if one.id == slug), None)


def entry_of(token: str) -> CatalystEntry | None:
    """The entry that the private link opens."""
    return CatalystEntry.objects.exclude(address_confirmed=None).filter(token=token).first()


def entries_of(account: AbstractUser) -> QuerySet[CatalystEntry]:
    """Those that an account made, and those of an address that it confirmed."""
    named = Q(email__in=confirmed_addresses(account)) & ~Q(address_confirmed=None)
    return CatalystEntry.objects.filter(Q(account=account) | named).order_by("pk")


def entries_forgotten() -> QuerySet[CatalystEntry]:
    """Those that a moderator answered, that are not public, and that nobody has touched for as long as we keep any."""
    before = months_after(timezone.localdate(), -FORGET_MONTHS)
    answered = (CatalystEntry.State.ANSWERED, CatalystEntry.State.DECLINED)
    return CatalystEntry.objects.filter(public=False, state__in=answered, touched__date__lte=before)


def entries_for(user: Any) -> QuerySet[CatalystEntry]:
    """Those that a moderator may read, the oldest proposal first; none for others."""
    if not user.has_perm(MODERATE):
        return CatalystEntry.objects.none()
    return CatalystEntry.objects.exclude(state=CatalystEntry.State.WAITING).order_by("touched", "pk")
