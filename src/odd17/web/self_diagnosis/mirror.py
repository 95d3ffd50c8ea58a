"""The mirror's snapshot in the database: taken again at each change, from consenting, finished answers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from statistics import fmean
from typing import Any, Final

from odd17.core.diagnosis.self_diagnosis.mirror import (
    Peer,
    Published,
    Quartiles,
    Reflection,
    Snapshot,
    reflection,
    refreshed,
)
from odd17.core.diagnosis.self_diagnosis.profile import profile
from odd17.workflows.questionnaires import questionnaires

from .models import Answering, MirrorSnapshot

GIVE_UP: Final = ("year", "region", "size", "kind")
"""In which order criteria are given up where the group that one asked for is too small."""


def mirror_refresh(questionnaire: str, version: int) -> None:
    """Take the snapshot of a version again. Within a transaction: the row is locked, so that changes follow in turn."""
    kept, _made = MirrorSnapshot.objects.select_for_update().get_or_create(questionnaire=questionnaire, version=version)
    kept.groups = _to_plain(refreshed(_peers(questionnaire, version), _from_plain(kept.groups)))
    kept.save()


def snapshot_of(answering: Answering) -> tuple[Snapshot, datetime | None]:
    """What the mirror shows of the version that was answered, and since when; None where nobody joined it yet."""
    kept = MirrorSnapshot.objects.filter(questionnaire=answering.questionnaire, version=answering.version).first()
    return (Snapshot(), None) if kept is None else (_from_plain(kept.groups), kept.taken)


def reflection_of(snapshot: Snapshot, wanted: Mapping[str, str]) -> Reflection:
    """The peers ``wanted``, or the nearest wider group that can be shown."""
    return reflection(snapshot, wanted, GIVE_UP)


def peers_offered(snapshot: Snapshot, own: Mapping[str, str]) -> dict[str, list[str]]:
    """By criterion, the values that peers can be chosen by: one's own first, then those of which something is shown."""
    shown = {pair for group, published in snapshot.groups.items() if published.figures is not None for pair in group}
    return {
        name: list(dict.fromkeys((*([own[name]] if name in own else []), *sorted(v for n, v in shown if n == name))))
        for name in reversed(GIVE_UP)
    }


def criteria_of(answering: Answering) -> dict[str, str]:
    """By what the peers of these answers can be chosen; what was not given is not there."""
    year = "" if answering.finished is None else str(answering.finished.year)
    told = {"kind": answering.kind, "size": answering.size, "region": answering.region, "year": year}
    return {name: value for name, value in told.items() if value}


def _peers(questionnaire: str, version: int) -> list[Peer]:
    """One peer an organisation: the mean of its people's last answers that are scored in every dimension."""
    asked = questionnaires()[questionnaire, version]
    consenting = Answering.objects.filter(questionnaire=questionnaire, version=version).exclude(consented=None)
    replaced = set(consenting.exclude(previous=None).values_list("previous", flat=True))
    people: dict[str, list[tuple[Answering, dict[str, float]]]] = defaultdict(list)
    for answering in consenting.exclude(finished=None).order_by("finished"):
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
            "figures": None
            if published.figures is None
            else {name: [q.low, q.median, q.high, q.n] for name, q in published.figures.items()},
        }
        for group, published in snapshot.groups.items()
    ]


def _from_plain(groups: list[dict[str, Any]]) -> Snapshot:
    return Snapshot(
        {
            tuple((name, value) for name, value in one["group"]): Published(
                frozenset(one["members"]),
                None
                if one["figures"] is None
                else {name: Quartiles(*figures) for name, figures in one["figures"].items()},
            )
            for one in groups
        }
    )
