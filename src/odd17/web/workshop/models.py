"""A file that was brought, and the trail of who did what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """A file of figures with its dataset file, kept aside in the folder ``key`` until it is published or discarded."""

    class State(models.TextChoices):
        """What became of it."""

        BROUGHT = "brought", _("brought")
        PUBLISHED = "published", _("published")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    key = models.CharField(max_length=32, unique=True)
    created = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.CharField(max_length=200)
    dataset_file = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State.choices, default=State.BROUGHT)
    # what a publication switched, so that it can be undone
    dataset = models.CharField(max_length=200, blank=True)
    snapshot = models.CharField(max_length=40, blank=True)
    snapshot_before = models.CharField(max_length=40, blank=True)
    release = models.CharField(max_length=40, blank=True)
    release_before = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.file} ({self.created:%Y-%m-%d %H:%M})"


class Event(models.Model):
    """One thing that somebody did. Rows are added, never changed; they outlive accounts and files."""

    class What(models.TextChoices):
        """What was done."""

        BROUGHT = "brought", _("brought a file")
        BUILT = "built", _("had a release built")
        PUBLISHED = "published", _("published a file")
        REFUSED = "refused", _("was refused a publication")
        UNDID = "undid", _("undid a publication")
        DISCARDED = "discarded", _("discarded a file")

    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=9, choices=What.choices)
    about = models.CharField(max_length=200)  # the file
    sha256 = models.CharField(max_length=64, blank=True)
    release = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.what}"
