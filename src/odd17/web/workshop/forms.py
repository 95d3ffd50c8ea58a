"""The form to bring a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """The file as published, and the dataset file that says how to read it."""

    file = forms.FileField(
        label=_("The file of figures, as published (CSV, XLSX, XLS, Parquet or JSON; at most 50 MB)"),
        max_length=200,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
    dataset = forms.FileField(
        label=_("Its dataset file (YAML), which says how to read it"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".yml,.yaml"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
