"""The steps of a proposal, each a form in plain words.

A step is read from what was typed, kept as typed, and read again when the proposal is sent: ``whole`` asks for what a
practice cannot do without, which a draft may still lack.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import impacts
from odd17.web.practices import fields as words
from odd17.web.practices.fields import TerritoriesFormField
from odd17.web.practices.siren import check_siren

MOST_PARTNERS = 20
_MOST_PLACES = 50
_EARLIEST = date(1900, 1, 1)


class Step(forms.Form):
    """A step; ``needed`` are the fields that a whole proposal has."""

    needed: ClassVar[dict[str, Any]] = {}
    use_required_attribute = False  # a draft may lack what a whole proposal has

    def __init__(self, data: Mapping[str, object] | None = None, *, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(data, auto_id="%s", **kwargs)
        self.arrange(data or {})
        for name, said in self.needed.items():
            self.fields[name].required = whole
            self.fields[name].error_messages["required"] = said
            self.fields[name].widget.attrs["aria-required"] = "true"
        for name, field in self.fields.items():
            told = [f"{name}_help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                told.append(f"{name}_error")
                field.widget.attrs["aria-invalid"] = "true"
            if told:
                field.widget.attrs["aria-describedby"] = " ".join(told)

    def arrange(self, data: Mapping[str, object]) -> None:
        """Add the fields whose number depends on what was typed."""

    def typed(self) -> dict[str, object]:
        """What was typed in the step's own fields, to be kept; without the character that databases refuse."""
        return {
            name: _kept(field.widget.value_from_datadict(self.data, {}, name))
            for name, field in self.fields.items()
            if not isinstance(field, forms.FileField)
        }

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """What is wrong: the field's identifier, its label, the sentence."""
        return [
            (name, str(self.fields[name].label), sentence)
            for name, sentences in self.errors.items()
            if name in self.fields
            for sentence in sentences
        ]


def _kept(typed: object) -> object:
    return typed.replace("\x00", "") if isinstance(typed, str) else typed


def _text(label: Any, most: int, help_text: Any = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text, widget=widget)


def _choice(label: Any, choices: Any, empty: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, help_text=help_text, choices=lambda: [("", empty), *choices()]
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write a date such as 15/03/2025.")},
    )


class PracticeStep(Step):
    """What it is, where and since when."""

    title = _text(
        _("Name of the practice"), 200, _("As you would tell it to a colleague: “A canteen shared by two schools”.")
    )
    summary = _text(_("In a few sentences, what is it?"), 1000, rows=4)
    territories = TerritoriesFormField(
        required=False,
        label=_("Where does it take place?"),
        help_text=_("A municipality, a département, a region… One a line: Rennes, or Ille-et-Vilaine."),
    )
    scale = _choice(_("How far does it reach?"), words.SCALES, _("I do not know"))
    domains = forms.MultipleChoiceField(
        label=_("Which subjects does it touch?"),
        required=False,
        choices=words.DOMAINS,
        widget=forms.CheckboxSelectMultiple,
    )
    begun = _day(_("Begun on"))
    ended = _day(_("Ended on (leave empty if it goes on)"))
    needed: ClassVar = {
        "title": _("Give the practice a name."),
        "summary": _("Say in a few sentences what it is."),
        "territories": _("Say where it takes place."),
    }

    def clean_territories(self) -> list[str]:
        """A practice of more places than that is one of a whole region."""
        found: list[str] = self.cleaned_data["territories"]
        if len(found) > _MOST_PLACES:
            raise ValidationError(_("Too many places: name the region or the département instead."))
        return found

    def clean(self) -> dict[str, Any]:
        """Dates in their order."""
        cleaned = super().clean() or {}
        begun, ended = cleaned.get("begun"), cleaned.get("ended")
        for name, day in (("begun", begun), ("ended", ended)):
            if day and day < _EARLIEST:
                self.add_error(name, _("This date is too far away: check the year."))
        if begun and ended and ended < begun:
            self.add_error("ended", _("It cannot have ended before it began."))
        return cleaned


class PartnersStep(Step):
    """Who made the alliance: a row each, one more at each demand."""

    rows = forms.CharField(required=False, widget=forms.HiddenInput)
    alliance_type = _choice(
        _("What kind of partnership is it?"),
        words.TYPES,
        _("I do not know"),
        _("If you hesitate, leave it: an editor will help."),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, whole: bool = True, **kwargs: Any) -> None:
        self.whole = whole
        super().__init__(data, whole=whole, **kwargs)

    def arrange(self, data: Mapping[str, object]) -> None:
        """As many rows as were filled or asked for, three at least."""
        asked = str(data.get("rows") or "")
        count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
        self.count = max(3, min(count, MOST_PARTNERS))
        for row in range(self.count):
            self.fields[f"name_{row}"] = _text(_("Name"), 200)
            self.fields[f"kind_{row}"] = _choice(_("What it is"), words.KINDS, _("I do not know"))
            self.fields[f"role_{row}"] = _text(_("What it does in the alliance"), 200)
            self.fields[f"siren_{row}"] = _text(_("SIREN number (optional)"), 11)
            self.fields[f"siren_{row}"].widget.attrs["inputmode"] = "numeric"

    @property
    def partners(self) -> list[dict[str, forms.BoundField]]:
        """The rows, each with its fields."""
        return [
            {part: self[f"{part}_{row}"] for part in ("name", "kind", "role", "siren")} for row in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        """A row needs its name, a number its check digit, and an alliance somebody."""
        cleaned = super().clean() or {}
        found: list[dict[str, str]] = []
        for row in range(self.count):
            said = {part: cleaned.get(f"{part}_{row}", "") for part in ("name", "kind", "role", "siren")}
            said["siren"] = "".join(said["siren"].split())
            try:
                check_siren(said["siren"])
            except ValidationError as error:
                self.add_error(f"siren_{row}", error)
            if said["name"]:
                found.append(said)
            elif any(said.values()):
                self.add_error(f"name_{row}", _("Say who this partner is."))
        if self.whole and not found and not self.errors:
            self.add_error("name_0", _("Name at least one partner."))
        cleaned["partners"] = found
        return cleaned


class StoryStep(Step):
    """What happened, and what it took."""

    need = _text(_("What was the need?"), 6000, _("What was missing, and for whom."), rows=5)
    alliance = _text(_("Who joined forces, and how?"), 6000, _("How you met, what each one brought."), rows=5)
    steps = _text(_("What were the main steps?"), 6000, rows=5)
    learnt = _text(_("What would you say to those who start?"), 6000, _("What helped, what was hard."), rows=5)
    money = _text(_("Money: how much, from whom?"), 300)
    time = _text(_("Time: how many people, how long?"), 300)
    skills = _text(_("Skills: which ones?"), 300)
    needed: ClassVar = {
        "need": _("Say in a few words what the need was."),
        "alliance": _("Say in a few words who joined forces."),
    }


class ResultsStep(Step):
    """What changed, how one knows, and files that show it."""

    results = _text(_("What did it change?"), 6000, rows=5)
    sources = _text(
        _("Where can one read more?"), 4000, _("One a line: the address of a page, the title of a report."), rows=3
    )
    file = forms.FileField(
        label=_("A picture or a PDF"),
        required=False,
        help_text=_("JPEG, PNG, WebP or PDF, 10 MB at most. It stays private until the practice is published."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    caption = _text(_("What it shows, for those who cannot see it"), 200)

    def arrange(self, data: Mapping[str, object]) -> None:
        """A claim and its proof for each of the three impacts."""
        for impact in impacts():
            self.fields[f"claim_{impact.id}"] = _text(_("What changed"), 1000, rows=2)
            self.fields[f"proof_{impact.id}"] = _choice(_("How do you know?"), words.PROOFS, _("I do not know"))

    @property
    def impacts(self) -> list[dict[str, Any]]:
        """The three impacts with their fields."""
        return [
            {"word": impact, "claim": self[f"claim_{impact.id}"], "proof": self[f"proof_{impact.id}"]}
            for impact in impacts()
        ]

    def clean(self) -> dict[str, Any]:
        """A proof is of something; what is claimed without proof is told."""
        cleaned = super().clean() or {}
        found = []
        for impact in impacts():
            claim, proof = cleaned.get(f"claim_{impact.id}", ""), cleaned.get(f"proof_{impact.id}", "")
            if claim:
                found.append({"impact": impact.id, "claim": claim, "proof": proof or "told"})
            elif proof:
                self.add_error(f"claim_{impact.id}", _("Say what changed, or choose “I do not know” beside it."))
        cleaned["impacts"] = found
        return cleaned


CONSENT = _(
    "I agree that my name and my e-mail address be shown on the page of this practice for two years, so that readers"
    " may write to me. I can withdraw this at any time, by a link that I receive by e-mail; both then disappear at"
    " once."
)


class ContactStep(Step):
    """Whom readers may ask: the author, if they want."""

    name = _text(_("Your name, as readers will see it"), 200)
    consent = forms.BooleanField(label=CONSENT, required=False)

    def clean(self) -> dict[str, Any]:
        """A name is shown with consent only, and consent is about a name."""
        cleaned = super().clean() or {}
        if cleaned.get("name") and not cleaned.get("consent"):
            self.add_error("consent", _("Tick the box so that we may show your name, or leave the name empty."))
        if cleaned.get("consent") and not cleaned.get("name"):
            self.add_error("name", _("Write your name, or untick the box."))
        return cleaned
