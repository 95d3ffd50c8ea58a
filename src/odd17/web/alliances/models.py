"""What an alliance keeps, private to its members. What was recorded (steps, events, dialogues) is never changed."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from odd17.web.contributions.models import private_files
from odd17.web.practices import fields
from odd17.web.practices.siren import check_siren


def new_token() -> str:
    """What nobody guesses: the secret part of an invitation."""
    return secrets.token_urlsafe(24)


class Recorded(models.Model):
    """A fact of the history: written once, by somebody whose name goes when they leave; the act stays."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, the first time only: raises TypeError afterwards."""
        if self.pk is not None:
            raise TypeError("what was recorded is not changed")
        super().save(*args, **kwargs)


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


class Promise(models.Model):
    """An engagement: what a partner brings, by when."""

    class Means(models.TextChoices):
        """What can be brought."""

        HUMAN = "human", _("human means")
        FINANCIAL = "financial", _("financial means")
        RELATIONAL = "relational", _("relational means")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="promises")
    means = models.CharField(_("means"), max_length=10, choices=Means.choices)
    what = models.CharField(_("what is brought"), max_length=300)
    due = models.DateField(_("by when"))

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ("due", "pk")

    def __str__(self) -> str:
        return self.what


class PromiseEvent(Recorded):
    """What happened to an engagement: kept, changed or ended, with the reason."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="events")
    day = models.DateField(_("on"))
    fate = models.CharField(max_length=8)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    due = models.DateField(_("new date"), null=True, blank=True)

    class Meta:
        verbose_name = _("event of an engagement")
        verbose_name_plural = _("events of engagements")
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.fate}"


class Dialogue(Recorded):
    """A governance dialogue that was held: who was there, what was on the agenda, what was decided."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="dialogues")
    day = models.DateField(_("held on"))
    present = models.TextField(_("who was there"), max_length=2000)
    agenda = models.TextField(_("agenda"), max_length=3000)
    decisions = models.TextField(_("decisions"), max_length=5000)

    class Meta:
        verbose_name = _("governance dialogue")
        verbose_name_plural = _("governance dialogues")
        ordering = ("-day", "-pk")

    def __str__(self) -> str:
        return str(self.day)


class PathStep(Recorded):
    """A step of the innovation path, forward with proof and recognition or back with a reason."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="steps")
    day = models.DateField(_("on"))
    to = models.CharField(max_length=10)
    proofs = models.JSONField(default=dict)
    recognised_by = models.CharField(_("recognised by"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of the innovation path")
        verbose_name_plural = _("steps of the innovation path")
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.to}"


class Evaluation(models.Model):
    """A round of evaluation: who is asked, in which mode, until which day."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="evaluations")
    mode = models.CharField(max_length=16)
    opened = models.DateField(_("opened on"))
    closes = models.DateField(_("closes on"))
    asked = models.ManyToManyField(Partner, related_name="+")

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ("opened", "pk")

    def __str__(self) -> str:
        return str(self.opened)


class EvaluationAnswer(Recorded):
    """A partner's answer to a round, sealed until the round opens."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="answers")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField()

    class Meta:
        verbose_name = _("answer to an evaluation")
        verbose_name_plural = _("answers to evaluations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("evaluation", "partner"), name="partner_answers_an_evaluation_once")
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.partner_id}"


class ChosenFigures(models.Model):
    """The indicators read before, during and after an alliance, and until when it acted (None: it still does).

    ``agreed`` are the partners who agree that they stand on the public card; another choice asks them anew.
    """

    alliance = models.OneToOneField(Alliance, on_delete=models.CASCADE, related_name="figures")
    indicators = models.JSONField(_("indicators"), default=list)
    ended = models.DateField(_("ended on"), null=True, blank=True)
    agreed = models.ManyToManyField(Partner, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("figures read beside an alliance")
        verbose_name_plural = _("figures read beside alliances")

    def __str__(self) -> str:
        return str(self.alliance)


class AllianceDocument(Recorded):
    """A file that a member put in the workspace. Taken away, its bytes go; who put it and when stays."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="documents")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("what it is"), max_length=200, blank=True)
    kind = models.CharField(max_length=90)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(max_length=64)
    file = models.FileField(storage=private_files, upload_to="alliances/%Y/%m")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-recorded", "-pk")

    def __str__(self) -> str:
        return self.name


class DocumentRemoval(Recorded):
    """A document was taken away."""

    document = models.OneToOneField(AllianceDocument, on_delete=models.CASCADE, related_name="removal")

    class Meta:
        verbose_name = _("removal of a document")
        verbose_name_plural = _("removals of documents")

    def __str__(self) -> str:
        return str(self.document)


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
