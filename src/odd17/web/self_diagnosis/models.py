"""What people answer, kept apart from everything public: an answer opens by its own secret link, or by its account."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """What nobody guesses: the secret part of a link."""
    return secrets.token_urlsafe(24)


class Panel(models.Model):
    """Several people of one organisation who answer separately; ``token`` invites them and shows where they differ."""

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    questionnaire = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    name = models.CharField(_("name of the organisation"), max_length=200)
    begun = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("group of answers")
        verbose_name_plural = _("groups of answers")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its people are invited and their answers compared."""
        return reverse("self_diagnosis_panel", args=[self.token])


class Answering(models.Model):
    """One person's answers to one version of a questionnaire, saved as they go; ``finished`` ends the changes."""

    class Size(models.TextChoices):
        """How many people work or volunteer there."""

        TINY = "tiny", _("fewer than 10 people")
        SMALL = "small", _("10 to 49 people")
        MEDIUM = "medium", _("50 to 249 people")
        LARGE = "large", _("250 people and more")

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    questionnaire = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    panel = models.ForeignKey(Panel, null=True, blank=True, on_delete=models.SET_NULL, related_name="answerings")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later")
    answers = models.JSONField(default=dict)
    begun = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)
    finished = models.DateTimeField(null=True, blank=True)

    # what the mirror needs, given with consent and taken back whole
    consented = models.DateTimeField(_("consent given on"), null=True, blank=True)
    consent_words = models.TextField(blank=True)
    organisation = models.CharField(_("organisation"), max_length=80, blank=True)
    kind = models.CharField(_("kind of actor"), max_length=20, blank=True)
    size = models.CharField(_("size"), max_length=6, blank=True, choices=Size.choices)
    territory = models.CharField(_("territory"), max_length=20, blank=True)  # empty: the whole country

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("-begun",)

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.version}"

    def get_absolute_url(self) -> str:
        """Where its person goes on, or reads the result."""
        return reverse("self_diagnosis_answer", args=[self.token])

    @property
    def number(self) -> str:
        """The SIREN given to the mirror; empty where none was."""
        return self.organisation.removeprefix("siren-")


class MirrorAccess(models.Model):
    """Someone who answered asks for the mirror, a service on request; an administrator opens it."""

    answering = models.OneToOneField(Answering, on_delete=models.CASCADE, related_name="mirror")
    asked = models.DateTimeField(auto_now_add=True)
    opened = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("request for the mirror")
        verbose_name_plural = _("requests for the mirror")
        ordering = ("asked",)
        permissions = (
            ("open_mirror", "May open the mirror to those who ask"),
            ("write_questionnaire", "May add versions of questionnaires"),
        )

    def __str__(self) -> str:
        return str(self.answering)


class MirrorSnapshot(models.Model):
    """What the mirror shows of one version, with who is behind each group: shown to nobody, replaced at each change.

    ``parts`` holds into which parts all that was ever shown cuts those who were shown.
    """

    questionnaire = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    groups = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    taken = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("snapshot of the mirror")
        verbose_name_plural = _("snapshots of the mirror")
        constraints = (
            models.UniqueConstraint(fields=("questionnaire", "version"), name="one_snapshot_of_the_mirror_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.version}"
