"""Calls for partners, which are public, and the answers to them, which only the alliance's members read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from odd17.core.alliances.calls import is_open
from odd17.web.alliances.models import Alliance, Invitation
from odd17.web.contributions.models import new_token
from odd17.web.practices import fields


class Call(models.Model):
    """A need that an alliance makes public, until a day. ``signed`` is who calls, in the words that all read."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="calls")
    title = models.CharField(_("title"), max_length=200)
    need = models.TextField(_("the need"), max_length=4000)
    signed = models.CharField(_("who calls"), max_length=200)
    territory = models.CharField(_("territory"), max_length=40)
    domains = fields.WordsField(_("domains"), words=fields.DOMAINS)
    kinds = fields.WordsField(_("kinds of partner sought"), words=fields.KINDS)
    until = models.DateField(_("open until"))
    language = models.CharField(max_length=5)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published = models.DateTimeField(_("published on"), auto_now_add=True)
    closed = models.DateTimeField(_("closed on"), null=True, blank=True)
    once = models.CharField(max_length=64, unique=True, editable=False)  # of the form that made it

    class Meta:
        verbose_name = _("call for partners")
        verbose_name_plural = _("calls for partners")
        ordering = ("until", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("call", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it takes answers today."""
        return is_open(self.until, self.closed is not None, timezone.localdate())


class CallAnswer(models.Model):
    """An answer to a call. ``token`` opens it to who wrote it, ``confirming`` confirms the address.

    It is read once its address is confirmed, and decided once.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("not answered yet")
        ACCEPTED = "accepted", _("invited into the alliance")
        DECLINED = "declined", _("declined")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="answers")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="call_answers"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200)
    kind = fields.WordField(_("kind of actor"), words=fields.KINDS)
    email = models.EmailField()
    text = models.TextField()
    reply = models.TextField(blank=True)
    replied = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.SET_NULL, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    confirming = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    once = models.CharField(max_length=200, unique=True, editable=False)  # of the form that made it
    made = models.DateTimeField(auto_now_add=True)
    confirmed = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a call")
        verbose_name_plural = _("answers to calls")
        ordering = ("confirmed", "pk")

    def __str__(self) -> str:
        return f"{self.call_id} {self.pk}"

    def get_absolute_url(self) -> str:
        """Where who wrote it follows it: a secret address."""
        return reverse("call_answer", args=[self.token])
