"""The money of a programme: files and plain values of its amounts, of what they add up to, of what is printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from odd17.core.kernel import in_language
from odd17.core.programmes.portfolio import (
    Amount,
    Cut,
    Figure,
    Steps,
    disagreements,
    excesses,
    parts_of,
    sums,
    totals,
)
from odd17.core.programmes.report_2020 import report_pillars
from odd17.publishing.exports import amounts_table, figures_table
from odd17.publishing.language import language_of
from odd17.publishing.wording import territory_name
from odd17.store.releases import Release

from .export import FileFormat, written
from .programmes import Followed


def territory_called(release: Release, language: str) -> Callable[[str], str]:
    """From an identifier to the name of the territory; the identifier where the release knows none."""
    return lambda id: territory_name(release.cog[id], language) if id in release.cog else id


def money_file(
    followed: Followed, amounts: Sequence[Amount], release: Release, format: FileFormat, language: str
) -> bytes:
    """``amounts`` of the programme, or what its source prints where it has none."""
    if followed.amounts:
        called = territory_called(release, language)
        return written(amounts_table(followed.programme, amounts, called, language), format)
    return written(figures_table(followed.programme, followed.figures, language), format)


def money_json(followed: Followed, amounts: Sequence[Amount], language: str) -> bytes:
    """The same as JSON, with every sum."""
    return (json.dumps(money_payload(followed, amounts, language), ensure_ascii=False, indent=2) + "\n").encode()


def money_payload(followed: Followed, amounts: Sequence[Amount], language: str) -> dict[str, Any]:
    """Amounts, what they add up to by each cut and currency, printed totals and what disagrees, as JSON values."""
    language = language_of(language)
    return {
        "programme": followed.programme.id,
        "title": in_language(followed.programme.title, language),
        "mention": followed.programme.mention,
        "totals": [{"currency": currency, **_steps(steps)} for currency, steps in totals(amounts).items()],
        "sums": {
            cut.value: [
                {"key": None if one.key is None else str(one.key), "currency": one.currency, **_steps(one.steps)}
                for one in sums(amounts, cut)
            ]
            for cut in Cut
        },
        "amounts": [
            {
                "amount": float(one.value), "currency": one.currency, "year": one.year, "step": one.step.value,
                "funder": one.funder, "device": one.device, "territory": one.territory, "pillar": one.pillar,
                "effects": list(one.effects), "source": one.source,
            }
            for one in amounts
        ],
        "excesses": [
            {
                "funder": one.funder, "device": one.device, "currency": one.currency, "step": one.step.value,
                "amount": float(one.value), "before": float(one.before),
            }
            for one in excesses(amounts)
        ],
        "figures": [_figure(one, language) for one in followed.figures],
        "disagreements": [
            {
                "subject": one.subject, "same_value": one.same_value,
                "figures": [_figure(figure, language) for figure in one.figures],
            }
            for one in disagreements(followed.figures)
        ],
        "parts": [
            {
                "subject": one.subject, "value": float(one.value), "unit": one.unit,
                "same": [_figure(figure, language) for figure in one.same],
                "other": [_figure(figure, language) for figure in one.other],
            }
            for one in parts_of(followed.figures)
        ],
        "pillars": [
            {"id": one.id, "name": in_language(one.name, language), "gives": in_language(one.gives, language)}
            for one in report_pillars()
        ],
    }  # fmt: skip


def _steps(steps: Steps) -> dict[str, float | None]:
    return {step.value: None if value is None else float(value) for step, value in steps.items()}


def _figure(figure: Figure, language: str) -> dict[str, Any]:
    return {
        "subject": figure.subject,
        "name": in_language(figure.name, language),
        "value": float(figure.value),
        "unit": figure.unit,
        "part_of": figure.part_of,
        "source": figure.source,
    }
