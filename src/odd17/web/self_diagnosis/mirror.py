"""The mirror's snapshot in the database: taken again at each change, from consenting, finished answers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from statistics import fmean
from typing import Any, Final

from odd17.core.diagnosis.self_diagnosis.mirror import (
    Criteria,
    Peer,
    Published,
    Quartiles,
    Reflection,
    Snapshot,
    reflection,
    refreshed,
)
from odd17.core.diagnosis.self_diagnosis.profile import profile
from odd17.core.territories.levels import Level
from odd17.workflows.questionnaires import questionnaires
from odd17.workflows.releases import current_release

from .models import Answering, MirrorSnapshot
from .selectors import earlier_of

GIVE_UP: Final = ("year", "territory", "size", "kind")
"""In which order criteria are given up where the group that one asked for is too small."""


def mirror_refresh(questionnaire: str, version: int, taken_back: Collection[str] = ()) -> None:
    """Take the snapshot of a version again. Within a transaction: the row is locked, so that changes follow in turn.

    ``taken_back``: organisations one of whose people took answers back just now.
    """
    kept, _made = MirrorSnapshot.objects.select_for_update().get_or_create(questionnaire=questionnaire, version=version)
    snapshot = refreshed(_peers(questionnaire, version), _snapshot(kept), taken_back)
    kept.groups, kept.parts = _to_plain(snapshot), dict(snapshot.parts)
    kept.save()


def snapshot_of(answering: Answering) -> tuple[Snapshot, datetime | None]:
    """What the mirror shows of the version that was answered, and since when; None where nobody joined it yet."""
    kept = MirrorSnapshot.objects.filter(questionnaire=answering.questionnaire, version=answering.version).first()
    return (Snapshot(), None) if kept is None else (_snapshot(kept), kept.taken)


def reflection_of(snapshot: Snapshot, wanted: dict[str, str]) -> Reflection:
    """The peers ``wanted``, or the nearest wider group that can be shown."""
    ladders = {name: territory_ladder(value) if name == "territory" else (value,) for name, value in wanted.items()}
    return reflection(snapshot, ladders, GIVE_UP)


def peers_offered(snapshot: Snapshot, own: Criteria) -> dict[str, list[str]]:
    """By criterion, the values that peers can be chosen by: one's own first, then those of which something is shown."""
    shown = sorted({pair for group in snapshot.groups for pair in group})
    return {
        name: list(dict.fromkeys((*own.get(name, ()), *(value for criterion, value in shown if criterion == name))))
        for name in reversed(GIVE_UP)
    }


def counted(snapshot: Snapshot, seen: Reflection, answering: Answering) -> bool:
    """Whether the organisation that answered is among the peers ``seen``."""
    members = snapshot.groups[seen.group].members if seen.group is not None else frozenset()
    return any(member.rpartition(":")[0] == answering.organisation for member in members)


def criteria_of(answering: Answering) -> dict[str, tuple[str, ...]]:
    """By what the peers of these answers can be chosen, each with what is wider; what was not given is not there."""
    year = "" if answering.finished is None else str(answering.finished.year)
    told = {"kind": (answering.kind,), "size": (answering.size,), "year": (year,)}
    told["territory"] = territory_ladder(answering.territory) if answering.territory else ("",)
    return {name: values for name, values in told.items() if values[0]}


def territory_ladder(id: str) -> tuple[str, ...]:
    """A territory, then its region; the country is no criterion, but every group without one."""
    cog = current_release().cog
    wider = cog[id].parents if id in cog else ()
    return (id, *(parent for parent in wider if cog[parent].level is Level.REGION))


def _peers(questionnaire: str, version: int) -> list[Peer]:
    """One peer an organisation that was let in: the mean of its people's last answers, scored in every dimension.

    Who asked and was not let in is nobody yet: numbers that fit can be made up, and made-up peers around one that is
    not would tell its scores.
    """
    asked = questionnaires()[questionnaire, version]
    answered = Answering.objects.filter(questionnaire=questionnaire, version=version)
    consenting = answered.exclude(consented=None)
    replaced = {earlier.pk for answering in consenting.exclude(previous=None) for earlier in earlier_of(answering)}
    people: dict[str, list[tuple[Answering, dict[str, float]]]] = defaultdict(list)
    let_in = consenting.exclude(finished=None).exclude(mirror=None).exclude(mirror__opened=None)
    for answering in let_in.order_by("finished"):
        scored = profile(asked, answering.answers).scored
        scores = {one.dimension.id: one.score for one in scored if one.score is not None}
        if answering.pk not in replaced and len(scores) == len(scored):
            people[answering.organisation].append((answering, scores))
    peers = []
    for organisation, told in people.items():
        newest, _scores = told[-1]
        means = {dimension: fmean(scores[dimension] for _one, scores in told) for dimension in told[0][1]}
        peers.append(Peer(organisation, criteria_of(newest), means))
    return peers


def _to_plain(snapshot: Snapshot) -> list[dict[str, Any]]:
    return [
        {
            "group": [list(pair) for pair in group],
            "members": sorted(published.members),
            "figures": {name: [q.low, q.median, q.high, q.n] for name, q in published.figures.items()},
        }
        for group, published in snapshot.groups.items()
    ]


def _snapshot(kept: MirrorSnapshot) -> Snapshot:
    groups = {
        tuple((name, value) for name, value in one["group"]): Published(
            frozenset(one["members"]), {name: Quartiles(*figures) for name, figures in one["figures"].items()}
        )
        for one in kept.groups
    }
    return Snapshot(groups, kept.parts)
