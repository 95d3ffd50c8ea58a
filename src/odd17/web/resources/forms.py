"""Forms of requests: asking, writing again, deciding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.web.contributions.forms import StartForm
from odd17.workflows.releases import current_release

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=_DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write a date such as 15/03/2025.")},
    )


class RequestForm(StartForm):
    """Who asks, for what, where and when."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organisation = forms.CharField(label=_("Your organisation (optional)"), max_length=200, required=False)
    need = forms.CharField(
        label=_("What do you need, and for whom?"), max_length=4000, widget=forms.Textarea({"rows": 6})
    )
    territory = forms.CharField(
        label=_("Where? (optional)"),
        help_text=_("Name or code of a territory; leave empty for the whole country."),
        max_length=200,
        required=False,
    )
    begins = _day(_("From (optional)"))
    ends = _day(_("Until (optional)"))
    field_order = ("name", "organisation", "email", "need", "territory", "begins", "ends")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "To make sure that it is yours, and to tell you of our answer. Only we see it."
        )
        for name, field in self.fields.items():
            if not self.is_bound or name in ("email", "stamp", "website") or name not in self.errors:
                continue
            field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"{name}_error"}

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [field for field in self if field.name not in ("stamp", "website")]

    def clean_territory(self) -> str:
        """Its identifier in the code of the present year, or nothing."""
        named = self.cleaned_data["territory"]
        if not named:
            return ""
        try:
            found: str = current_release().cog.widest(named)[0].id
        except AmbiguousTerritory as error:
            said = gettext("“{name}” may be several territories. Write one of these identifiers: {ids}")
            raise ValidationError(said.format(name=named, ids=", ".join(error.candidates[:8]))) from error
        except UnknownTerritory as error:
            raise ValidationError(gettext("No territory is called “{name}”.").format(name=named)) from error
        return found

    def clean(self) -> dict[str, Any]:
        """Dates in their order."""
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The end comes before the beginning."))
        return cleaned


class MessageForm(forms.Form):
    """A message to the other side."""

    once = forms.CharField(max_length=64, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Your message"), max_length=4000, widget=forms.Textarea({"rows": 5}))


class DecisionForm(MessageForm):
    """What staff decide, on the version that they saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("New state"), required=False)
    take = forms.BooleanField(label=_("I take charge of it"), required=False)

    def __init__(self, *args: Any, states: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["state"].choices = [("", _("unchanged")), *states]
