"""An alliance and who is in it: organisations, the people who act for them, those who are invited or reminded."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from odd17.web.practices import fields
from odd17.web.practices.siren import check_siren


def new_token() -> str:
    """What nobody guesses: the secret part of an invitation."""
    return secrets.token_urlsafe(24)


class Alliance(models.Model):
    """An alliance: the need that it answers, where, with which type. ``version`` counts its changes."""

    title = models.CharField(_("title"), max_length=200)
    need = models.TextField(_("the need"), max_length=3000)
    territory = models.CharField(_("territory"), max_length=40)
    domains = fields.WordsField(_("domains"), words=fields.DOMAINS)
    goals = fields.WordsField(_("sustainable development goals"), words=fields.GOALS)
    alliance_type = fields.WordField(_("type of alliance"), words=fields.TYPES)
    contract = models.PositiveSmallIntegerField(_("from exchange contract (1) to alliance contract (5)"), default=3)
    collective = models.PositiveSmallIntegerField(_("from bilateral (1) to collective (5)"), default=3)
    begun = models.DateField(_("begun on"))
    version = models.PositiveIntegerField(default=1)
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)  # of the form that began it

    class Meta:
        verbose_name = _("alliance")
        verbose_name_plural = _("alliances")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The workspace."""
        return reverse("alliance", args=[self.pk])


class Partner(models.Model):
    """An organisation in an alliance; ``left`` when it is no longer there, and why (it withdrew, it was dissolved)."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("organisation"), max_length=200)
    kind = fields.WordField(_("kind of actor"), words=fields.KINDS)
    siren = models.CharField(_("SIREN number"), max_length=9, blank=True, validators=[check_siren])
    role = models.CharField(_("role"), max_length=200, blank=True)
    joined = models.DateField(_("joined on"))
    left = models.DateField(_("left on"), null=True, blank=True)
    left_why = models.CharField(_("why it left"), max_length=300, blank=True)
    agrees = models.BooleanField(_("agrees to a public card"), default=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("alliance", "name"), condition=models.Q(left=None), name="partner_once_an_alliance"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who acts for a partner. A ``steward`` may change the alliance; ``left`` ends every right.

    ``reminders``: whether they are written to about what is due.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="people")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="alliance_places"
    )
    steward = models.BooleanField(_("may change the alliance"), default=False)
    joined = models.DateTimeField(auto_now_add=True)
    left = models.DateTimeField(null=True, blank=True)
    reminders = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (models.UniqueConstraint(fields=("partner", "account"), name="person_once_a_partner"),)

    def __str__(self) -> str:
        return str(self.account or _("somebody who left"))


class Invitation(models.Model):
    """A link that lets one account in, for a partner (one that is there, or a new one), once, for thirty days."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="invitations")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail"))
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    made = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email


class Reminder(models.Model):
    """Something of which a person was reminded: ``what`` names it, so that it is said once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminded")
    what = models.CharField(max_length=60)
    sent = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = (models.UniqueConstraint(fields=("person", "what"), name="reminded_once"),)

    def __str__(self) -> str:
        return self.what
