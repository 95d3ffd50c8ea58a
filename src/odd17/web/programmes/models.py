"""Programmes that people run here: private until published; a published review is never altered."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """The identifier of a programme, in its address: nobody guesses that of a private one."""
    return f"p-{secrets.token_hex(10)}"


def new_token() -> str:
    """The secret part of an invitation."""
    return secrets.token_urlsafe(24)


def _author() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class Programme(models.Model):
    """A programme: ``definition`` is core's as plain values, checked by it. ``version`` counts its changes."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    title = models.CharField(_("title"), max_length=200)
    definition = models.JSONField()
    amounts = models.JSONField(default=list)
    two_to_publish = models.BooleanField(_("two people to publish a review"), default=True)
    published = models.DateTimeField(_("made public on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    begun = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its editors work on it."""
        return reverse("programme_desk", args=[self.key])


class Editor(models.Model):
    """Somebody who works on a programme; the owner alone makes it public."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="editors")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="programme_places")
    owner = models.BooleanField(_("owner"), default=False)
    joined = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("editor of a programme")
        verbose_name_plural = _("editors of programmes")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "account"), name="editor_once_a_programme"),
            models.UniqueConstraint(
                fields=("programme",), condition=models.Q(owner=True), name="one_owner_of_a_programme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.account}"


class EditorInvitation(models.Model):
    """A link that makes one account an editor, once."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    made = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a programme")
        verbose_name_plural = _("invitations to programmes")

    def __str__(self) -> str:
        return str(self.programme)


class ProgrammeReview(models.Model):
    """A review: a draft until it is published, and from then on as it is. ``by`` wrote its last words."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="reviews")
    day = models.DateField(_("day"))
    marks = models.JSONField(default=list)
    note = models.TextField(_("in a few words"), max_length=3000, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.RESTRICT, related_name="corrections")
    by = _author()
    saved = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    published = models.DateTimeField(_("published on"), null=True, blank=True)
    published_by = _author()

    class Meta:
        verbose_name = _("review of a programme")
        verbose_name_plural = _("reviews of programmes")
        ordering = ("day", "published", "pk")

    def __str__(self) -> str:
        return f"{self.programme} {self.day}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it; TypeError where it was published: then a new review corrects it."""
        self._refuse_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove a draft; TypeError where it was published."""
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        if self.pk is not None and ProgrammeReview.objects.filter(pk=self.pk, published__isnull=False).exists():
            raise TypeError("a published review is not altered: a new one corrects it")


class ProgrammeRewriting(models.Model):
    """What was rewritten of a programme that readers knew: ``told`` holds core's rewritings as plain values."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rewritings")
    told = models.JSONField()
    by = _author()
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rewriting of a programme")
        verbose_name_plural = _("rewritings of programmes")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.programme} {self.made:%Y-%m-%d}"


class ProgrammeComment(models.Model):
    """What editors tell one another about a programme or one of its measures.

    Who wrote it may change it, or take it away: then its words are gone, and that there was one stays.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="comments")
    measure = models.PositiveIntegerField(_("measure"), null=True, blank=True)
    text = models.TextField(_("comment"), max_length=3000, blank=True)
    by = _author()
    made = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(_("changed on"), null=True, blank=True)
    removed = models.DateTimeField(_("removed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a programme")
        verbose_name_plural = _("comments on programmes")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:60]
