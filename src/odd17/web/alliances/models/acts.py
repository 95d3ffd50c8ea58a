"""What an alliance does. What was recorded (steps, events, dialogues, answers, documents) is never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from odd17.web.contributions.models import private_files

from .people import Alliance, Partner


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
