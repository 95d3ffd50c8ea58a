"""An entry of the directory as it is kept: what readers see, what its holder proposes, and whom to write to.

What readers see changes when a moderator accepts what the holder proposes, and is gone with the entry. The address and
the name of the contact are personal: no page, file or answer of the API gives them.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import domains, trades
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Kind
from odd17.web.contributions.models import new_token
from odd17.web.practices.fields import TerritoriesField, WordField, WordsField, choices

KINDS, TRADES, DOMAINS = choices(kinds), choices(trades), choices(domains)
SERVICES, LANGUAGES = choices(services), choices(languages)


class CatalystEntry(models.Model):
    """An entry. ``token`` opens it to its holder, ``confirming`` confirms their address, ``renewing`` the entry."""

    class State(models.TextChoices):
        """How far what its holder proposes is."""

        WAITING = "waiting", _("waits for the address to be confirmed")
        SENT = "sent", _("being read by a moderator")
        ANSWERED = "answered", _("waits for its holder’s changes")
        DECLINED = "declined", _("entry declined")
        ACCEPTED = "accepted", _("entry published")

    slug = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    cited = models.SlugField(_("cited entry that it claims"), max_length=80, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    public = models.BooleanField(_("public"), default=False)
    # what readers see
    name = models.CharField(_("name"), max_length=200, blank=True)
    kind = WordField(_("kind"), words=KINDS, default=Kind.CATALYST.value)
    trades = WordsField(_("trades"), words=TRADES)
    domains = WordsField(_("domains"), words=DOMAINS)
    territories = TerritoriesField(_("territories"))
    services = WordsField(_("services"), words=SERVICES)
    languages = WordsField(_("languages"), words=LANGUAGES)
    summary = models.TextField(_("summary"), blank=True)
    practices = models.JSONField(_("practices"), default=list, blank=True)  # their numbers
    sources = models.TextField(_("sources"), blank=True)
    confirmed = models.DateField(_("last confirmed on"), null=True, blank=True)
    # what its holder proposes, as typed, until a moderator has read it
    proposed = models.JSONField(default=dict, editable=False)
    reply = models.TextField(_("last answer to the holder"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # two people may write at once
    # whom to write to
    language = models.CharField(max_length=5, default="fr")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="catalyst_entries"
    )
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address_confirmed = models.DateTimeField(_("address confirmed on"), null=True, blank=True)
    consented = models.DateTimeField(_("consent given on"), null=True, blank=True)
    consent_words = models.TextField(_("words of the consent"), blank=True)
    reminded = models.DateField(_("last reminded on"), null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    confirming = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    renewing = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    once = models.CharField(max_length=200, unique=True, default=new_token, editable=False)  # of the form that made it
    origin = models.CharField(max_length=200, blank=True, editable=False)  # the import that it comes from…
    origin_id = models.CharField(max_length=200, blank=True, editable=False)  # …and its number there
    origin_digest = models.CharField(max_length=64, blank=True, editable=False)  # of what that import said last
    made = models.DateTimeField(_("made on"), auto_now_add=True)
    touched = models.DateTimeField(_("changed on"), auto_now=True)

    class Meta:
        verbose_name = _("entry of the directory")
        verbose_name_plural = _("entries of the directory")
        ordering = ("touched", "pk")
        permissions = (("moderate_entry", _("Can read and answer entries of the directory of catalysts")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(contact="", email="") | models.Q(consented__isnull=False),
                name="catalyst_nobody_without_consent",
            ),
            models.UniqueConstraint(
                fields=("cited",), condition=~models.Q(cited="") & models.Q(public=True), name="catalyst_claimed_once"
            ),
            models.UniqueConstraint(
                fields=("origin", "origin_id"), condition=~models.Q(origin=""), name="catalyst_imported_once"
            ),
        )

    def __str__(self) -> str:
        return self.called

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("catalyst", args=[self.slug])

    @property
    def called(self) -> str:
        """Its name, or the one proposed."""
        return self.name or str(self.proposed.get("name", ""))


class CatalystMessage(models.Model):
    """What a visitor writes to an entry's holder: kept until it is sent, then only that it was."""

    entry = models.ForeignKey(CatalystEntry, on_delete=models.CASCADE, related_name="received")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="fr")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    once = models.CharField(max_length=200, unique=True, editable=False)
    made = models.DateTimeField(auto_now_add=True)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.pk}"


class GoneEntry(models.Model):
    """An entry that its holder withdrew: neither the source that cites it nor an import brings it back."""

    origin = models.CharField(max_length=200)
    origin_id = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("origin", "origin_id"), name="catalyst_gone_once"),)

    def __str__(self) -> str:
        return f"{self.origin} {self.origin_id}"


class StatedAbsence(models.Model):
    """Somebody looked for a trade on a territory and found nobody: who says so, and when."""

    trade = WordField(_("trade"), words=TRADES)
    territory = models.CharField(_("territory"), max_length=40)
    source = models.CharField(_("who looked, and where this is written"), max_length=300)
    day = models.DateField(_("day"))

    class Meta:
        ordering: ClassVar = ["-day", "pk"]
        verbose_name = _("stated absence")
        verbose_name_plural = _("stated absences")
        constraints = (models.UniqueConstraint(fields=("trade", "territory"), name="catalyst_absence_once"),)

    def __str__(self) -> str:
        return f"{self.trade} {self.territory}"


class DirectoryVersion(models.Model):
    """One row, of which the number grows whenever what is public changes: pages that list entries depend on it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
