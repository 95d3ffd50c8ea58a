"""Forms of programmes: a new one, its files, a review measure by measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import DataError, in_language
from odd17.core.programmes.evidence import Kind, evidence_of
from odd17.core.programmes.levels import levels_of_lines, lines_of_levels
from odd17.core.programmes.programme import Level, Measure, Programme
from odd17.core.programmes.report_2020 import report_programme
from odd17.core.programmes.reviews import Mark
from odd17.core.programmes.state import State
from odd17.publishing.programme_words import state_name

from .evidence_shown import Opens
from .models import ProgrammeReview
from .refusals import refusals
from .services import Told

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_BYTES = 2_000_000
UNSAID = "-"


class DefinitionForm(forms.Form):
    """A programme: what it is called, when it was published, its measures as a file."""

    title = forms.CharField(label=_("Title of the programme"), max_length=200)
    day = forms.DateField(
        label=_("Published on"), widget=DAY, help_text=_("The months of first effects count from this day.")
    )
    mention = forms.CharField(label=_("Source to cite"), max_length=300, required=False)
    levels = forms.CharField(
        label=_("Levels of progress"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One a line, from the best to the worst. After a name, “; reason” where nobody says it without saying why, "
            "“; done” where nothing is left to do. Left empty: the four levels of the report."
        ),
    )
    file = forms.FileField(label=_("Measures (CSV or XLSX)"))
    two = forms.BooleanField(label=_("Two people are needed to publish a review"), required=False, initial=True)

    def __init__(self, *args: Any, known: Sequence[Level] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = (*report_programme().levels, *known)  # a programme's own prevail
        if "levels" not in self.initial:
            self.initial["levels"] = lines_of_levels(known or report_programme().levels, get_language() or "fr")

    def clean_file(self) -> Any:
        """A file of a reasonable size."""
        return _sized(self.cleaned_data["file"])

    def clean_levels(self) -> tuple[Level, ...]:
        """The levels that the lines say; the report's where there is none."""
        if not self.cleaned_data["levels"].strip():
            return report_programme().levels
        try:
            return levels_of_lines(self.cleaned_data["levels"], self.known)
        except DataError as error:
            raise forms.ValidationError(refusals(error)) from error

    def clean_day(self) -> Any:
        """A day of our calendar."""
        return _sensible(self.cleaned_data["day"])


class SettingsForm(DefinitionForm):
    """The same for a programme that is there: without a file its measures stay."""

    file = forms.FileField(label=_("Other measures (CSV or XLSX)"), required=False)

    field_order = ("title", "day", "mention", "levels", "file", "two")


class AmountsForm(forms.Form):
    """The money, as a file."""

    amounts = forms.FileField(label=_("Amounts (CSV or XLSX)"))

    def clean_amounts(self) -> Any:
        """A file of a reasonable size."""
        return _sized(self.cleaned_data["amounts"])


class CommentTextForm(forms.Form):
    """The words of a comment."""

    text = forms.CharField(label=_("Your comment"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))


class CommentForm(CommentTextForm):
    """A word to the other editors."""

    measure = forms.TypedChoiceField(label=_("About"), required=False, coerce=int, empty_value=None)

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fr"
        measures = [(one.number, f"{one.number}. {in_language(one.label, language)}") for one in programme.measures]
        self.fields["measure"].choices = [("", _("the whole programme")), *measures]


class ReviewForm(forms.Form):
    """A review: its day, and for each measure a level, a reason, evidence; what is left as it is keeps its level."""

    day = forms.DateField(label=_("Day of the review"), widget=DAY)
    corrects = forms.ModelChoiceField(
        label=_("It corrects"), queryset=ProgrammeReview.objects.none(), required=False, empty_label=_("no review")
    )
    note = forms.CharField(
        label=_("In a few words"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, programme: Programme, state: State, published: Any, opens: Opens, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.opens = programme, opens
        language = get_language() or "fr"
        self.fields["corrects"].queryset = published
        self.fields["corrects"].label_from_instance = lambda one: str(one.day)
        levels = [(one.id, in_language(one.name, language)) for one in programme.levels]
        for one in programme.measures:
            before = str(_("as before ({level})")).format(level=state_name(programme, state.of(one.number), language))
            choices = [("", before), *levels, (UNSAID, _("no longer known"))]
            self.fields[f"level_{one.number}"] = forms.ChoiceField(
                label=_("Level reached"), choices=choices, required=False
            )
            self.fields[f"reason_{one.number}"] = forms.CharField(label=_("Reason"), max_length=1000, required=False)
            self.fields[f"evidence_{one.number}"] = forms.CharField(
                label=_("Evidence (addresses)"), max_length=2000, required=False
            )

    @property
    def heads(self) -> list[Any]:
        """The fields that are about the whole review."""
        return [self[name] for name in ("day", "corrects", "note")]

    @property
    def measures(self) -> list[tuple[Measure, list[Any]]]:
        """Each measure with its three fields."""
        return [
            (one, [self[f"{name}_{one.number}"] for name in ("level", "reason", "evidence")])
            for one in self.programme.measures
        ]

    def clean_day(self) -> Any:
        """A day of our calendar."""
        return _sensible(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        """Every piece of evidence is an address of this site or of the web; words without a level say nothing."""
        for one in self.programme.measures:
            evidence = self.cleaned_data.get(f"evidence_{one.number}", "").split()
            kinds = {part: evidence_of(part).kind for part in evidence}
            if Kind.WORDS in kinds.values():
                self.add_error(f"evidence_{one.number}", _("Write addresses: https://… or /pratiques/…"))
            if Kind.PRIVATE in kinds.values():
                words = _("Readers cannot open this page. Of an alliance, give the address of its public card.")
                self.add_error(f"evidence_{one.number}", words)
            for part, kind in kinds.items():
                if kind not in {Kind.WORDS, Kind.PRIVATE, Kind.WEB} and not self.opens(part):
                    words = _("This site has no such page for everybody: {address}")
                    self.add_error(f"evidence_{one.number}", str(words).format(address=part[:200]))
            said = evidence or self.cleaned_data.get(f"reason_{one.number}")
            if said and not self.cleaned_data.get(f"level_{one.number}"):
                self.add_error(f"level_{one.number}", _("Say the level with its reason, even where it has not moved."))
        return self.cleaned_data

    def told(self) -> Told:
        """What the review says."""
        marks = {}
        for one in self.programme.measures:
            level = self.cleaned_data[f"level_{one.number}"]
            if level:
                marks[one.number] = Mark(
                    None if level == UNSAID else level,
                    self.cleaned_data[f"reason_{one.number}"],
                    tuple(self.cleaned_data[f"evidence_{one.number}"].split()),
                )
        return Told(self.cleaned_data["day"], marks, self.cleaned_data["note"], self.cleaned_data["corrects"])


def review_values(review: ProgrammeReview) -> dict[str, Any]:
    """A draft as the values of its form."""
    values: dict[str, Any] = {"day": review.day, "corrects": review.corrects_id, "note": review.note}
    marks: Sequence[Mapping[str, Any]] = review.marks
    for mark in marks:
        values[f"level_{mark['number']}"] = mark["level"] or UNSAID
        values[f"reason_{mark['number']}"] = mark["reason"]
        values[f"evidence_{mark['number']}"] = " ".join(mark["evidence"])
    return values


def evidence_in(review: ProgrammeReview) -> list[str]:
    """The addresses that a draft gives already."""
    return [text for mark in review.marks for text in mark["evidence"]]


def _sized(file: Any) -> Any:
    if file is not None and file.size > MOST_BYTES:
        raise forms.ValidationError(_("The file is larger than two megabytes."))
    return file


def _sensible(day: Any) -> Any:
    if not 1900 <= day.year <= 2200:
        raise forms.ValidationError(_("Write a day such as 2020-10-17."))
    return day
