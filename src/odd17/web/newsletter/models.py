"""Who asked for the letter, the letters, and a row for each that is sent to somebody.

An address is kept while its person wants the letter, and no longer: who leaves is removed with what was sent to them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from odd17.web.contributions.models import new_token


class Subscription(models.Model):
    """Somebody who asked for the letter. ``confirming`` is in their first e-mail and serves once; ``token`` in each."""

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    asked = models.DateTimeField()
    words = models.TextField()  # what they consented to when they asked
    confirming = models.CharField(max_length=64, default=new_token, blank=True, db_index=True, editable=False)
    confirmed = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        """Where its person reads what is kept, and leaves: a secret address."""
        return reverse("newsletter_subscription", args=[self.token])


class Letter(models.Model):
    """A letter, in French and where it was written in English. Once ``queued``, it is not changed any more."""

    title_fr = models.CharField(_("title in French"), max_length=150)
    text_fr = models.TextField(_("text in French"), max_length=20_000)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)
    written = models.DateTimeField(_("written on"), auto_now_add=True)
    queued = models.DateTimeField(_("sent from"), null=True, blank=True, editable=False)
    ended = models.DateTimeField(_("sent to all on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-pk",)
        permissions = (("send_letter", _("Can send the newsletter")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(title_en="", text_en="") | (~Q(title_en="") & ~Q(text_en="")),
                name="english_letter_has_title_and_text",
                violation_error_message=_("In English, write both the title and the text, or neither."),
            ),
        )

    def __str__(self) -> str:
        return self.title_fr

    def get_absolute_url(self) -> str:
        """Where everybody reads it, once it is sent."""
        return reverse("newsletter_letter", args=[self.pk])

    def title(self, language: str) -> str:
        """Its title; the French one where it was not written in English."""
        return self.title_en if language == "en" and self.title_en else self.title_fr

    def text(self, language: str) -> str:
        """Its text, likewise."""
        return self.text_en if language == "en" and self.title_en else self.text_fr


class Delivery(models.Model):
    """A letter to somebody: ``claimed`` before it is handed to the server, ``sent`` once the server took it.

    Claimed and not sent, it may have left or not: it is not sent again. ``refused``: the server does not take it.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    refused = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("letter", "subscription"), name="letter_sent_once"),)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.subscription_id}"
