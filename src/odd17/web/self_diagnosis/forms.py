"""Forms of self-diagnosis: the name of a group, and what the mirror asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import partner_kinds
from odd17.core.territories.cog import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.normalised import words
from odd17.core.territories.territory import Territory
from odd17.web.practices.siren import check_siren
from odd17.workflows.releases import current_release

from .models import Answering

MOST_MB = 1
"""No questionnaire is larger."""

CONSENT = _(
    "We agree that our scores count among those of our peers. They are shown only mixed with those of at least nine "
    "other organisations; an administrator reads our SIREN to let us in; we can take all back at any time."
)


class PanelForm(forms.Form):
    """The group of one organisation."""

    name = forms.CharField(label=_("Name of your organisation"), max_length=200)


class VersionForm(forms.Form):
    """The file of the next version."""

    file = forms.FileField(
        label=_("The file of the next version (YAML)"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".yml,.yaml"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        """A file of the size that a questionnaire may have."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_MB * 1_000_000:
            said = gettext("The file is larger than the {most} MB that are accepted.")
            raise forms.ValidationError(said.format(most=MOST_MB))
        return file


class MirrorForm(forms.Form):
    """Who one is to the mirror, by what peers are found, and consent."""

    siren = forms.CharField(
        label=_("SIREN number of your organisation"),
        help_text=_(
            "Nine digits. It makes sure that an organisation counts once; it is never shown. Without one, there is no "
            "mirror."
        ),
        max_length=20,
    )
    kind = forms.ChoiceField(label=_("Kind of actor"))
    size = forms.ChoiceField(label=_("Size"), choices=[("", _("Choose")), *Answering.Size.choices])
    territory = forms.ChoiceField(
        label=_("Where you act"),
        help_text=_(
            "A département, a region, or the whole country: peers are found there, or as near as can be shown."
        ),
    )
    consent = forms.BooleanField(label=CONSENT)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fr"
        kinds = [(word.id, word.name.in_language(language)) for word in partner_kinds()]
        self.fields["kind"].choices = [("", gettext("Choose")), *kinds]
        self.fields["territory"].choices = _territories(current_release().cog)

    def clean_siren(self) -> str:
        """The nine digits, spaces taken out."""
        siren = "".join(self.cleaned_data["siren"].split())
        if not siren:
            raise forms.ValidationError(_("Give the nine digits."))
        check_siren(siren)
        return siren

    def clean_territory(self) -> str:
        """Its identifier; nothing for the whole country."""
        territory: str = self.cleaned_data["territory"]
        return "" if territory == Level.COUNTRY else territory


def _territories(cog: Cog) -> list[tuple[str, Any]]:
    """The whole country, then each region with its départements."""
    regions = sorted(cog.get(cog.at(Level.REGION)), key=lambda one: words(one.name))
    country = (Level.COUNTRY.value, gettext("The whole country"))
    return [("", gettext("Choose")), country, *((region.name, _within(cog, region)) for region in regions)]


def _within(cog: Cog, region: Territory) -> list[tuple[str, str]]:
    whole = (region.id, gettext("{region}: the whole region").format(region=region.name))
    inside = cog.get(cog.children(region.id, Level.DEPARTEMENT))
    return [whole, *((one.id, f"{one.name} ({one.code})") for one in inside)]
