"""One partner's answer to a round: a mark, a proof and words for each impact, then what the stage asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import Word, impacts, proofs

from .days import today
from .forms import named

MOST_INDICATORS: Final = 3
_PARTS: Final = ("indicator", "unit", "baseline", "target", "measures")
_LINE: Final = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})\s*[:;=]?\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class ImpactFields:
    """The three fields of an impact."""

    name: str
    mark: forms.BoundField
    proof: forms.BoundField
    words: forms.BoundField


def _number(label: Any) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, localize=True)


class AnswerForm(forms.Form):
    """The answer; ``mode`` is that of the round (tell, count_oneself, count)."""

    def __init__(self, mode: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode = mode
        marks = [(str(mark), str(mark)) for mark in range(1, 6)]
        for word in impacts():
            name = _named(word)
            self.fields[f"mark_{word.id}"] = forms.ChoiceField(
                label=_("%(name)s: your mark") % {"name": name}, choices=marks, widget=forms.RadioSelect
            )
            self.fields[f"proof_{word.id}"] = forms.ChoiceField(
                label=_("Kind of proof"), choices=lambda: named(proofs(), str(_("Choose")))
            )
            self.fields[f"words_{word.id}"] = forms.CharField(
                label=_("In a few words"), max_length=1000, required=False
            )
        self.fields["story"] = forms.CharField(
            label=_("What was tried, and what came of it"),
            max_length=6000,
            widget=forms.Textarea(attrs={"rows": 6}),
            required=mode == "tell",
            error_messages={"required": _("At this stage a story is asked for: say what was tried.")},
        )
        if mode != "tell":
            asked = mode == "count_oneself"
            for name, label in (("members", _("How many are members")), ("uses", _("How many use it"))):
                self.fields[name] = forms.IntegerField(
                    label=label, min_value=0, max_value=8_000_000_000, required=asked,
                    error_messages={"required": _("At this stage it is counted: give a number, or 0.")},
                )  # fmt: skip
        if mode == "count":
            for place in range(MOST_INDICATORS):
                self._ask_indicator(place)

    def _ask_indicator(self, place: int) -> None:
        self.fields[f"indicator_{place}"] = forms.CharField(label=_("Indicator"), max_length=200, required=False)
        self.fields[f"unit_{place}"] = forms.CharField(
            label=_("Unit"), help_text=_("People, %, euros…"), max_length=60, required=False
        )
        self.fields[f"baseline_{place}"] = _number(_("Baseline"))
        self.fields[f"target_{place}"] = _number(_("Target"))
        self.fields[f"measures_{place}"] = forms.CharField(
            label=_("Measures"),
            help_text=_("One a line: a day, then what was measured. For instance 31/05/2025 40"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
        )

    @property
    def impacts(self) -> list[ImpactFields]:
        """The fields of each impact."""
        return [
            ImpactFields(_named(word), *(self[f"{part}_{word.id}"] for part in ("mark", "proof", "words")))
            for word in impacts()
        ]

    @property
    def counts(self) -> list[forms.BoundField]:
        """The story, and what is counted."""
        return [self[name] for name in ("story", "members", "uses") if name in self.fields]

    @property
    def indicators(self) -> list[list[forms.BoundField]]:
        """The fields of each indicator, where the stage asks for them."""
        return [
            [self[f"{part}_{place}"] for part in _PARTS]
            for place in range(MOST_INDICATORS)
            if f"indicator_{place}" in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        """An indicator that was begun is whole; one at least where the stage asks for them."""
        told = super().clean() or {}
        if self.mode != "count":
            return told
        for place in range(MOST_INDICATORS):
            typed = [str(self.data.get(f"{part}_{place}", "")).strip() for part in _PARTS]
            if not any(typed) and place > 0:
                continue
            for part, text in zip(_PARTS, typed, strict=True):
                if not text:
                    self.add_error(f"{part}_{place}", _("An indicator needs this."))
            if typed[-1] and f"measures_{place}" in told:
                self._read_measures(place, told)
            baseline, target = told.get(f"baseline_{place}"), told.get(f"target_{place}")
            if baseline is not None and baseline == target:
                self.add_error(f"target_{place}", _("The target is the baseline: say what you aim at."))
        return told

    def _read_measures(self, place: int, told: dict[str, Any]) -> None:
        try:
            told[f"measures_{place}"] = _measures(told[f"measures_{place}"])
        except ValidationError as error:
            self.add_error(f"measures_{place}", error)

    def content(self) -> dict[str, Any]:
        """The answer as it is kept."""
        told = self.cleaned_data
        return {
            "claims": {
                word.id: {
                    "mark": int(told[f"mark_{word.id}"]),
                    "proof": told[f"proof_{word.id}"],
                    "words": told[f"words_{word.id}"],
                }
                for word in impacts()
            },
            "story": told.get("story") or "",
            "members": told.get("members"),
            "uses": told.get("uses"),
            "indicators": [
                {
                    "name": told[f"indicator_{place}"],
                    "unit": told[f"unit_{place}"],
                    "baseline": told[f"baseline_{place}"],
                    "target": told[f"target_{place}"],
                    "measures": {day.isoformat(): value for day, value in told[f"measures_{place}"].items()},
                }
                for place in range(MOST_INDICATORS)
                if told.get(f"indicator_{place}")
            ],
        }


def _named(word: Word) -> str:
    return word.name.in_language(get_language() or "fr")


def _measures(text: str) -> dict[date, float]:
    """The measures that lines tell; raises ValidationError naming the line that is not understood."""
    found: dict[date, float] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        read = _LINE.fullmatch(line)
        try:
            if read is None:
                raise ValueError(line)
            day = datetime.strptime(read[1], "%Y-%m-%d" if "-" in read[1] else "%d/%m/%Y").date()  # noqa: DTZ007 - a day
            value = forms.FloatField(localize=True).clean(read[2])
        except (ValueError, ValidationError) as error:
            raise ValidationError(
                _("“%(line)s” is no measure: write a day, then a number."), params={"line": line[:60]}
            ) from error
        if day > today():
            raise ValidationError(_("“%(line)s” has not come yet."), params={"line": line[:60]})
        if day in found:
            raise ValidationError(_("“%(line)s”: this day is there twice."), params={"line": line[:60]})
        found[day] = value
    return found
