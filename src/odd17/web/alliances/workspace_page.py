"""What the workspace and the public card of an alliance show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from odd17.core.alliances.engagements import Engagement, Fate, due_on, fate, follow_up
from odd17.core.alliances.path import Stage, path, stage_at
from odd17.core.alliances.reminders import Due
from odd17.core.kernel import alliance_types, domains, goals
from odd17.core.territories.territory import Territory
from odd17.publishing import format
from odd17.workflows.releases import current_release

from .days import today
from .document_services import standing
from .forms import PurposeForm, words_of
from .models import Alliance, AllianceDocument, Dialogue, Evaluation, Partner, PathStep, Person, Promise
from .reminders import due_for
from .selectors import opened_of, partners_of, path_of, promises_of


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """An engagement today: its fate, and by when it is due as last agreed."""

    promise: Promise
    engagement: Engagement
    fate: Fate
    due: date
    mine: bool


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round: whether it may be read, and whether it waits for the answer of who looks."""

    evaluation: Evaluation
    opened: bool
    awaited: bool


@dataclass(frozen=True, slots=True)
class WorkspacePage:
    """Everything that members see of their alliance today."""

    territory: Territory | None
    domains: list[str]
    goals: list[str]
    type: str
    partners: list[Partner]
    stage: Stage
    stages: tuple[Stage, ...]
    steps: list[PathStep]
    promises: list[PromiseRow]
    dialogues: list[Dialogue]
    evaluations: list[RoundRow]
    documents: list[AllianceDocument]
    next_stock: date | None
    stock: tuple[date, ...]
    public: bool
    due: tuple[Due, ...]


def workspace_page(alliance: Alliance, place: Person) -> WorkspacePage:
    """The workspace for the person who looks."""
    day = today()
    here = partners_of(alliance)
    stock = follow_up(alliance.begun)
    types = words_of(alliance_types(), [alliance.alliance_type])
    return WorkspacePage(
        territory_of(alliance),
        words_of(domains(), alliance.domains),
        words_of(goals(), alliance.goals),
        types[0] if types else "",
        here,
        stage_at(path_of(alliance)),
        path(),
        list(alliance.steps.all()),
        [
            PromiseRow(
                promise, engagement, fate(engagement, day), due_on(engagement, day),
                promise.partner_id == place.partner_id or place.steward,
            )
            for promise, engagement in promises_of(alliance)
        ],
        list(alliance.dialogues.all()),
        [_round(one, place.partner) for one in alliance.evaluations.all()],
        list(standing(alliance).select_related("partner")[:5]),
        next((one for one in stock if one >= day), None),
        stock,
        all(partner.agrees for partner in here if partner.left is None),
        due_for(place),
    )  # fmt: skip


def _round(evaluation: Evaluation, partner: Partner) -> RoundRow:
    opened = opened_of(evaluation) is not None
    asked = evaluation.asked.filter(pk=partner.pk).exists()
    answered = evaluation.answers.filter(partner=partner).exists()
    return RoundRow(evaluation, opened, asked and not answered and not opened)


@dataclass(frozen=True, slots=True)
class CardPage:
    """What partners agreed to show: purpose, place, who, and how far; nothing of what they promised or said."""

    territory: Territory | None
    domains: list[str]
    goals: list[str]
    type: str
    partners: list[Partner]
    stage: Stage


def card_page(alliance: Alliance) -> CardPage:
    """The public card."""
    types = words_of(alliance_types(), [alliance.alliance_type])
    return CardPage(
        territory_of(alliance),
        words_of(domains(), alliance.domains),
        words_of(goals(), alliance.goals),
        types[0] if types else "",
        list(alliance.partners.filter(left=None)),
        stage_at(path_of(alliance)),
    )


def purpose_of(alliance: Alliance) -> list[tuple[str, str]]:
    """What the purpose says, each part with its name: what somebody is shown whose words came second."""
    territory = territory_of(alliance)
    said = {
        "title": alliance.title,
        "need": alliance.need,
        "territory": alliance.territory if territory is None else territory.name,
        "domains": ", ".join(words_of(domains(), alliance.domains)),
        "goals": ", ".join(words_of(goals(), alliance.goals)),
        "alliance_type": ", ".join(words_of(alliance_types(), [alliance.alliance_type])),
        "contract": str(alliance.contract),
        "collective": str(alliance.collective),
        "begun": format.day(alliance.begun, get_language() or "fr"),
    }
    return [(str(PurposeForm.base_fields[name].label), value or "–") for name, value in said.items()]


def territory_of(alliance: Alliance) -> Territory | None:
    """Its territory, where the current geography knows it."""
    cog = current_release().cog
    found = cog.get([alliance.territory]) if alliance.territory in cog else ()
    return found[0] if found else None
