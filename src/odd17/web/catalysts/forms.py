"""What a holder says of their entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from odd17.core.resources.access import services, tiers
from odd17.core.resources.catalyst_personal import personal_in
from odd17.web.contributions.forms import StartForm
from odd17.web.practices.selectors import published

from .covered_field import CoveredField
from .models import DOMAINS, KINDS, LANGUAGES, SERVICES, TRADES

MOST_PLACES = 100
MOST_PRACTICES = 30
_NUMBER = re.compile(r"(?:.*/pratiques/)?(\d{1,9})(?:-[\w-]*)?/?", re.IGNORECASE)

CONSENT = _(
    "I speak for this structure. I agree that this entry be published, and that what visitors write through the"
    " platform be sent to my address, which is shown to nobody. I can change or withdraw all of it at any time, by my"
    " private link."
)


def _ticks(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


class EntryForm(forms.Form):
    """All that an entry says."""

    name = forms.CharField(
        label=_("Name of the structure"), max_length=200, error_messages={"required": _("Write the name.")}
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS)
    summary = forms.CharField(
        label=_("In a few sentences, what does it do for those whom it accompanies?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("No address and no telephone number here: visitors write to you through the platform."),
    )
    trades = _ticks(_("Trades"), TRADES)
    territories = CoveredField(
        label=_("Territories covered"),
        help_text=_("A municipality, an EPCI, a département, a region, France… One a line, by name or code."),
        error_messages={"required": _("Say where it works.")},
    )
    domains = _ticks(_("Domains (optional)"), DOMAINS)
    services = _ticks(_("Services"), SERVICES)
    languages = _ticks(_("Languages in which it works"), LANGUAGES)
    practices = forms.CharField(
        label=_("Practices in which it took part (optional)"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Those published here, one a line: the address of the page, or its number."),
    )
    contact = forms.CharField(
        label=_("Who answers (shown to nobody)"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    consent = forms.BooleanField(
        label=CONSENT, error_messages={"required": _("Tick the box: without it, we may not publish.")}
    )
    use_required_attribute = False
    field_order: ClassVar = (
        "name", "kind", "summary", "trades", "territories", "services", "domains", "languages", "practices", "contact",
        "email", "consent",
    )  # fmt: skip

    def __init__(self, data: Mapping[str, object] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.auto_id = "%s"
        for name, field in self.fields.items():
            if field.required:
                field.widget.attrs["aria-required"] = "true"
            told = [f"{name}_help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                told.append(f"{name}_error")
                field.widget.attrs["aria-invalid"] = "true"
            if told and not isinstance(field, forms.MultipleChoiceField):
                field.widget.attrs["aria-describedby"] = " ".join(told)

    def typed(self) -> dict[str, object]:
        """What was typed, to be kept; without the character that databases refuse, nor what is kept elsewhere."""
        return {
            name: _kept(field.widget.value_from_datadict(self.data, {}, name))
            for name, field in self.fields.items()
            if name not in ("stamp", "website", "email", "consent", "version")
        }

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The lines that named a commune of before, each with the one that holds it today."""
        return list(self.fields["territories"].carried)

    @property
    def services_by_tier(self) -> list[tuple[Any, list[Any]]]:
        """The boxes of services, under the three ways to be helped."""
        boxes = {box.data["value"]: box for box in self["services"]}
        return [(tier, [boxes[one.id] for one in services() if one.tier == tier.id]) for tier in tiers()]

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """What is wrong: the field's identifier, its label, the sentence."""
        return [
            (name, str(self.fields[name].label), sentence)
            for name, sentences in self.errors.items()
            if name in self.fields
            for sentence in sentences
        ]

    def clean_name(self) -> str:
        """One line, and nobody's address."""
        return _public(" ".join(str(self.cleaned_data["name"]).split()))

    def clean_summary(self) -> str:
        """Nobody's address."""
        return _public(self.cleaned_data["summary"])

    def clean_territories(self) -> list[str]:
        """An entry of more places than that is one of a wider territory."""
        found: list[str] = self.cleaned_data["territories"]
        if len(found) > MOST_PLACES:
            raise ValidationError(_("Too many places: name the region or the département instead."))
        return found

    def clean_contact(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["contact"]).split())

    def clean_practices(self) -> list[int]:
        """The numbers of public practices."""
        found: dict[int, str] = {}
        for line in filter(None, (line.strip() for line in self.cleaned_data["practices"].splitlines())):
            number = _NUMBER.fullmatch(line)
            if number is None:
                raise ValidationError(_("“%(line)s” is not the address of a practice."), params={"line": line[:80]})
            found[int(number[1])] = line
        if len(found) > MOST_PRACTICES:
            raise ValidationError(_("Too many practices: keep the most telling ones."))
        known = set(published().filter(pk__in=found).values_list("pk", flat=True))
        for number, line in found.items():
            if number not in known:
                raise ValidationError(_("No published practice is “%(line)s”."), params={"line": line[:80]})
        return list(found)

    def clean(self) -> dict[str, Any]:
        """An entry says at least one trade or one service."""
        cleaned = super().clean() or {}
        if not cleaned.get("trades") and not cleaned.get("services"):
            self.add_error("trades", _("Tick at least one trade, or one service."))
        return cleaned


class BeginForm(EntryForm, StartForm):
    """A new entry: with the address to answer to, and a trap for programs."""


class ChangeForm(EntryForm):
    """Changes to an entry, on the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LinkForm(StartForm):
    """The address to which the private link is sent again."""


def _public(text: str) -> str:
    if (found := personal_in(text)) is not None:
        raise ValidationError(
            _("“%(found)s” would be public: take it out. Visitors write to you through the platform."),
            params={"found": found},
        )
    return text


def _kept(typed: object) -> object:
    return typed.replace("\x00", "") if isinstance(typed, str) else typed
