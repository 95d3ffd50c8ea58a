"""A practice as it is kept: the case study of a partnership, its partners, its impacts, and apart, whom to ask.

Editing is Wagtail's: drafts, revisions, moderation, scheduled publication, locks, translations. A contact is personal:
it stands in a table of its own, outside revisions, so that its withdrawal leaves nothing behind.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.blocks import RichTextBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from . import fields
from .consent import consent_ends
from .siren import check_siren
from .translated import DraftTranslated

PARTS = ("need", "alliance", "steps", "results", "learnt")
FEATURES = ["bold", "italic", "ol", "ul", "link"]


class Story(StreamBlock):
    """The parts of the story, each at most once, and pictures between them."""

    need = RichTextBlock(label=_("The need"), features=FEATURES)
    alliance = RichTextBlock(label=_("The alliance"), features=FEATURES)
    steps = RichTextBlock(label=_("The steps"), features=FEATURES)
    results = RichTextBlock(label=_("The results"), features=FEATURES)
    learnt = RichTextBlock(label=_("What was learnt"), features=FEATURES)
    picture = ImageChooserBlock(label=_("Picture"))

    class Meta:
        block_counts: ClassVar = {part: {"max_num": 1} for part in PARTS}


class Practice(
    DraftTranslated,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """The case study of a partnership; words are identifiers of the kernel's vocabularies."""

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=1000, blank=True, help_text=_("In a few plain sentences."))
    story = StreamField(Story(), blank=True, verbose_name=_("story"))
    picture = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    domains = fields.WordsField(_("domains"), words=fields.DOMAINS)
    goals = fields.WordsField(_("sustainable development goals"), words=fields.GOALS)
    territories = fields.TerritoriesField(
        _("territories"), help_text=_("One a line: a name, a COG code, or an identifier such as DEP-35.")
    )
    scale = fields.WordField(_("scale of action"), words=fields.SCALES)
    alliance_type = fields.WordField(_("type of alliance"), words=fields.TYPES)
    trade = fields.WordField(_("trade of the catalyst"), words=fields.TRADES)
    stage = fields.WordField(_("stage on the innovation path"), words=fields.STAGES)
    lever = fields.WordField(_("what came first"), words=fields.LEVERS)
    begun = models.DateField(_("begun on"), null=True, blank=True)
    ended = models.DateField(_("ended on"), null=True, blank=True)
    money = models.CharField(_("means: money"), max_length=300, blank=True)
    time = models.CharField(_("means: time"), max_length=300, blank=True)
    skills = models.CharField(_("means: skills"), max_length=300, blank=True)
    sources = models.TextField(_("sources"), blank=True, help_text=_("One a line: an address or a reference."))
    licence = models.CharField(_("licence"), max_length=40, default="etalab-2.0")
    checked = models.DateField(_("last checked on"), null=True, blank=True)
    private = models.BooleanField(
        _("only for members"),
        default=False,
        help_text=_("Published for those who are signed in, and shown to nobody else."),
    )
    cited = models.BooleanField(_("only cited by a source: to be completed"), default=False)
    origin = models.CharField(max_length=200, blank=True, editable=False)  # the import that it comes from…
    origin_id = models.CharField(max_length=200, blank=True, editable=False)  # …and its number there
    origin_digest = models.CharField(max_length=64, blank=True, editable=False)  # of what that import said last
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="merged"
    )  # the practice that tells the same alliance, to which this one's lasting address leads
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    original_alone = ("origin", "origin_id", "origin_digest")

    class Meta(DraftTranslated.Meta):
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("expire_at",), condition=models.Q(live=True), name="practice_ends"),)
        constraints = (
            models.UniqueConstraint(
                fields=("origin", "origin_id"), condition=~models.Q(origin=""), name="practice_imported_once"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse dates the wrong way round."""
        super().clean()
        if self.begun and self.ended and self.ended < self.begun:
            raise ValidationError({"ended": _("It cannot have ended before it began.")})

    def get_absolute_url(self) -> str:
        """The lasting address: the number, then words for people."""
        return reverse("practice", args=[self.pk or 0, slugify(self.title)[:80] or "pratique"])

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """The page that readers will see."""
        return "practices/practice.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        """What that page is drawn from; what is not saved yet has no language of its own."""
        if self.locale_id is None:
            self.locale = Locale.get_active()
        return {"practice": self, "preview": True}


class PracticePartner(Orderable):
    """One of those who made the alliance; ``doubtful`` where the source's reading of the name is not sure."""

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=200)
    kind = fields.WordField(_("kind of actor"), words=fields.KINDS)
    role = models.CharField(_("role"), max_length=200, blank=True)
    siren = models.CharField(_("SIREN number"), max_length=9, blank=True, validators=[check_siren])
    doubtful = models.BooleanField(_("the name is read with doubt"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


class PracticeImpact(Orderable):
    """What changed, and the kind of proof that it has."""

    practice = ParentalKey(Practice, on_delete=models.CASCADE, related_name="impacts")
    impact = fields.WordField(_("impact"), words=fields.IMPACTS)
    claim = models.TextField(_("what changed"), max_length=1000)
    proof = fields.WordField(_("kind of proof"), words=fields.PROOFS)

    class Meta(Orderable.Meta):
        verbose_name = _("impact")
        verbose_name_plural = _("impacts")

    def __str__(self) -> str:
        return self.claim[:80]


def _token() -> str:
    return secrets.token_urlsafe(32)


def _end_of_consent() -> date:
    return consent_ends(timezone.localdate())


class PracticeContact(models.Model):
    """Whom to ask about a practice. Personal: kept with the day, the words and the end of consent.

    Gone once consent is withdrawn; shown nowhere once it has ended, and then erased.
    """

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    consented = models.DateTimeField(_("consent given on"))
    words = models.TextField(_("words of the consent"), blank=True)
    ends = models.DateField(_("shown until"), default=_end_of_consent)
    reminded = models.DateTimeField(_("reminded on"), null=True, blank=True, editable=False)
    token = models.CharField(max_length=64, unique=True, default=_token, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name


class RemovedPractice(models.Model):
    """A practice that an import brought and someone removed for good: the same import does not bring it back."""

    origin = models.CharField(max_length=200)
    origin_id = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("origin", "origin_id"), name="practice_removed_once"),)

    def __str__(self) -> str:
        return f"{self.origin} {self.origin_id}"


class DistinctPractices(models.Model):
    """Two practices that look alike and that an editor said are not the same; ``first`` is the smaller number."""

    first = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("first", "second"), name="practices_distinct_once"),)

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class PracticesVersion(models.Model):
    """One row, of which the number grows whenever what is public changes: pages that list practices depend on it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
