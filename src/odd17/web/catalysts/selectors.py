"""Reading the directory: what everyone may see, and each entry to its holder or to moderators."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from odd17.core.resources.catalysts import Absence, Catalyst, Kind, shown
from odd17.core.resources.catalysts_near import Reach, nearest
from odd17.core.territories import Cog
from odd17.web.practices.models import Practice
from odd17.web.practices.selectors import published
from odd17.workflows.catalysts import cited_catalysts, covered_today

from .models import CatalystEntry, GoneEntry, StatedAbsence

MODERATE = "catalysts.moderate_entry"


def catalysts_shown(cog: Cog) -> tuple[Catalyst, ...]:
    """The entries that a reader may see today, in the code of ``cog``: those kept, and those cited that nobody claimed.

    What its holder withdrew, and what nobody confirmed for too long, is not among them.
    """
    kept = [entry_catalyst(entry, cog) for entry in CatalystEntry.objects.filter(public=True).order_by("pk")]
    cited = cited_catalysts()
    claimed = set(CatalystEntry.objects.filter(public=True).exclude(cited="").values_list("cited", flat=True))
    gone = set(GoneEntry.objects.filter(origin=cited.origin).values_list("origin_id", flat=True))
    waiting = (one for one in cited.catalysts if one.id not in claimed | gone)
    return shown([*kept, *waiting], timezone.localdate())


def catalyst_shown(slug: str, cog: Cog) -> Catalyst | None:
    """The entry of this address, None where a reader may see none."""
    return next((one for one in catalysts_shown(cog) if one.id == slug), None)


def catalysts_near(territory: str, cog: Cog) -> tuple[tuple[Catalyst, Reach], ...]:
    """Those who work on a territory, then on what holds it, then on its parts; UnknownTerritory for no identifier."""
    return nearest(catalysts_shown(cog), territory, cog)


def entry_catalyst(entry: CatalystEntry, cog: Cog) -> Catalyst:
    """The entry as the rules read it, its territories carried to the code of ``cog``; without anybody's address."""
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


def reachable(slug: str) -> CatalystEntry | None:
    """The public entry of this address whose holder may be written to, None for any other."""
    return CatalystEntry.objects.filter(slug=slug, public=True).exclude(email="").first()


def entry_of(token: str) -> CatalystEntry | None:
    """The entry that the private link opens."""
    return CatalystEntry.objects.exclude(address_confirmed=None).filter(token=token).first()


def entries_of(account: AbstractUser) -> QuerySet[CatalystEntry]:
    """Those that an account made, and those of an address that it confirmed."""
    addresses = account.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    named = Q(email__in=[address.lower() for address in addresses]) & ~Q(address_confirmed=None)
    return CatalystEntry.objects.filter(Q(account=account) | named).order_by("pk")


def entries_for(user: Any) -> QuerySet[CatalystEntry]:
    """Those that a moderator may read, the oldest proposal first; none for others."""
    if not user.has_perm(MODERATE):
        return CatalystEntry.objects.none()
    return CatalystEntry.objects.exclude(state=CatalystEntry.State.WAITING).order_by("touched", "pk")
