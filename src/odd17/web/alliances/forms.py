"""Forms of alliances: each reads what its service needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from odd17.core.alliances.engagements import Fate
from odd17.core.kernel import Word, alliance_types, domains, goals, partner_kinds
from odd17.web.practices.siren import check_siren

from .days import today
from .models import Promise
from .territory_field import TerritoryField

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def named(words: tuple[Any, ...], empty: str = "") -> list[tuple[str, str]]:
    """Words of a vocabulary as choices, in the reader's language."""
    language = get_language() or "fr"
    found = [(word.id, word.name.in_language(language)) for word in words]
    return [("", empty), *found] if empty else found


class OrganisationForm(forms.Form):
    """The organisation for which one acts."""

    organisation = forms.CharField(label=_("Organisation for which you act"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of actor"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = named(partner_kinds(), str(_("Choose")))


class PurposeForm(forms.Form):
    """What an alliance is for, where, and of which type."""

    title = forms.CharField(label=_("Title of the alliance"), max_length=200)
    need = forms.CharField(
        label=_("The need"),
        help_text=_("Whose, where, and how you know: figures, words, a priority of the diagnosis."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    territory = TerritoryField()
    domains = forms.MultipleChoiceField(label=_("Domains"), widget=forms.CheckboxSelectMultiple)
    goals = forms.MultipleChoiceField(
        label=_("Sustainable development goals"),
        help_text=_("None where you do not know yet."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    alliance_type = forms.ChoiceField(label=_("Type of alliance"), required=False)
    contract = forms.IntegerField(
        label=_("From exchange contract (1) to alliance contract (5)"),
        help_text=_("1: each gives and receives something agreed. 5: you answer together for what you do."),
        min_value=1,
        max_value=5,
    )
    collective = forms.IntegerField(
        label=_("From bilateral (1) to collective (5)"),
        help_text=_("1: two partners. 5: many, with a common place to decide."),
        min_value=1,
        max_value=5,
    )
    begun = forms.DateField(label=_("Begun on"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domains"].choices = named(domains())
        self.fields["goals"].choices = named(goals())
        self.fields["alliance_type"].choices = named(alliance_types(), str(_("not settled yet")))

    def clean_begun(self) -> Any:
        """A day that has come."""
        begun = self.cleaned_data["begun"]
        if begun > today():
            raise forms.ValidationError(_("An alliance has begun, or begins today."))
        return begun


class InvitationForm(forms.Form):
    """Whom to invite, for which partner."""

    email = forms.EmailField(label=_("E-mail"))
    partner = forms.ChoiceField(label=_("For"), required=False)

    def __init__(self, partners: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [
            ("", _("an organisation that joins")),
            *((str(id), name) for id, name in partners),
        ]


class PromiseForm(forms.Form):
    """What one's own organisation brings, by when."""

    means = forms.ChoiceField(label=_("Means"), choices=Promise.Means.choices)
    what = forms.CharField(label=_("What is brought"), max_length=300)
    due = forms.DateField(label=_("By when"), widget=DAY)


class PromiseEventForm(forms.Form):
    """What happened to an engagement."""

    fate = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (Fate.KEPT.value, _("kept")),
            (Fate.CHANGED.value, _("changed by agreement")),
            (Fate.ENDED.value, _("given up")),
        ],
    )
    day = forms.DateField(label=_("On"), widget=DAY)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
    due = forms.DateField(label=_("New date, where it was put off"), widget=DAY, required=False)


class DialogueForm(forms.Form):
    """A dialogue that was held."""

    day = forms.DateField(label=_("Held on"), widget=DAY)
    present = forms.CharField(label=_("Who was there"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    agenda = forms.CharField(label=_("Agenda"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))
    decisions = forms.CharField(label=_("Decisions"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class EvaluationForm(forms.Form):
    """Until when partners may answer."""

    closes = forms.DateField(label=_("Answers until"), widget=DAY)


class PartnerForm(forms.Form):
    """What an organisation is, and what it does in the alliance."""

    kind = forms.ChoiceField(label=_("Kind of actor"))
    role = forms.CharField(label=_("Its role in the alliance"), max_length=200, required=False)
    siren = forms.CharField(label=_("SIREN number"), max_length=14, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)  # what stood when it was opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = named(partner_kinds())

    def clean_siren(self) -> str:
        """Nine digits whose key is right, or nothing."""
        siren = "".join(self.cleaned_data["siren"].split())
        if siren:
            check_siren(siren)
        return siren


class DocumentForm(forms.Form):
    """A file to share, and what it is."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A picture, a PDF or an office document without macros; 10 MB at most."),
        max_length=200,
    )
    about = forms.CharField(label=_("What it is"), max_length=200, required=False)


def words_of(words: tuple[Word, ...], ids: list[str]) -> list[str]:
    """The names of these words."""
    language = get_language() or "fr"
    return [word.name.in_language(language) for word in words if word.id in ids]
