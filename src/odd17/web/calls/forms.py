"""Forms of calls: publishing one, answering one, deciding about an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import domains, partner_kinds
from odd17.web.alliances.forms import DAY, named
from odd17.web.alliances.territory_field import TerritoryField
from odd17.web.contributions.forms import StartForm


class CallForm(forms.Form):
    """What is sought, where, of whom, until when: all of it is public."""

    title = forms.CharField(label=_("Title of the call"), max_length=200)
    need = forms.CharField(
        label=_("The need, and what a partner would do"),
        help_text=_("All of this page is public: name nobody who does not agree."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    signed = forms.CharField(
        label=_("Who calls"), help_text=_("As all will read it: “the town of X and two associations”."), max_length=200
    )
    territory = TerritoryField()
    domains = forms.MultipleChoiceField(label=_("Domains"), widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of partner sought"),
        help_text=_("None ticked: all are welcome."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.DateField(label=_("Open until (this day included)"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domains"].choices = named(domains())
        self.fields["kinds"].choices = named(partner_kinds())


class AnswerForm(StartForm):
    """Who answers, and what they would bring."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organisation = forms.CharField(label=_("Your organisation"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of actor"), choices=lambda: named(partner_kinds(), str(_("Choose"))))
    text = forms.CharField(
        label=_("What would you bring, and what do you expect?"), max_length=4000, widget=forms.Textarea({"rows": 6})
    )
    field_order = ("name", "organisation", "kind", "email", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].help_text = _("For the answer of the alliance alone: it is not published.")
        for name, field in self.fields.items():
            if self.is_bound and name in self.errors and name not in ("email", "stamp", "website"):
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"{name}_error"}

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [field for field in self if field.name not in ("stamp", "website")]


class DecisionForm(forms.Form):
    """Invite or decline, with a word: who declines says why, in a sentence."""

    accepted = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])
    reply = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """A refusal has a word."""
        told = super().clean() or {}
        if told.get("accepted") == "0" and not told.get("reply"):
            self.add_error("reply", _("Decline with a word: somebody took the time to write to you."))
        return told
