"""The name on a certificate: typed by its person, printed, and kept nowhere."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import DataError
from odd17.core.resources.names import LONGEST, printed_name


class NameForm(forms.Form):
    """The name to print."""

    name = forms.CharField(
        label=_("Your name, as it is to be printed"),
        help_text=_("It is printed and not kept: type it again for another copy."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": LONGEST, "aria-describedby": "name_help"}),
        error_messages={"required": _("Type your name.")},
    )

    def clean_name(self) -> str:
        """The name, its spaces brought to one."""
        typed = self.cleaned_data["name"]
        if len(typed) > LONGEST:
            raise forms.ValidationError(_("A name has 100 characters at most."))
        try:
            return printed_name(typed)
        except DataError as error:
            raise forms.ValidationError(
                _("This cannot be printed as a name: write it in Latin, Greek or Cyrillic letters, without signs.")
            ) from error
