"""What a moderator says: the answer to a holder, and that somebody looked and found nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .covered_field import CoveredField
from .models import TRADES


class ReadForm(forms.Form):
    """What a moderator decides, on the version that they read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            ("accept", _("Publish")),
            ("ask", _("Ask the holder for changes")),
            ("decline", _("Decline, with a reason")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    text = forms.CharField(
        label=_("What the holder will read"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )

    def clean(self) -> dict[str, Any]:
        """An answer to the holder needs words."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") in ("ask", "decline") and not cleaned.get("text"):
            self.add_error("text", _("Say why: without it, nobody knows what to change."))
        return cleaned


class HideForm(forms.Form):
    """Why a moderator takes a public entry out of the directory, on the version that they read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why you take it out: the holder will read it"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why: without it, nobody knows what to change.")},
    )


class AbsenceForm(forms.Form):
    """Somebody looked for a trade on a territory, and found nobody."""

    trade = forms.ChoiceField(label=_("Trade"), choices=TRADES)
    territory = CoveredField(label=_("Territory"))
    source = forms.CharField(label=_("Who looked, and where this is written"), max_length=300)
    day = forms.DateField(
        label=_("When"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write a date such as 15/03/2025.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.fields["territory"].widget = forms.TextInput()

    def clean_territory(self) -> str:
        """One territory."""
        found = self.cleaned_data["territory"]
        if len(found) != 1:
            raise ValidationError(gettext("One territory."))
        return str(found[0])
