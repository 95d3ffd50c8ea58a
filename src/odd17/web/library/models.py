"""A resource of the library as it is kept. Editing is Wagtail's, as for practices: drafts, revisions, moderation,
scheduled publication, locks, translations.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from odd17.core.resources.library import KIT, years_of
from odd17.web.practices.translated import DraftTranslated

from . import fields
from .kit import FEATURES, Kit, check_address


class Resource(DraftTranslated, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin):
    """A document, a kit, a webinar…; words are identifiers of vocabularies.

    ``private``: published, but only for those who may edit. ``cited``: a source names it and says no more.
    """

    title = models.CharField(_("title"), max_length=200)
    kind = fields.WordField(_("kind of resource"), words=fields.KINDS, default="document")
    summary = models.TextField(_("summary"), max_length=1000, blank=True, help_text=_("In a few plain sentences."))
    text = RichTextField(_("text"), blank=True, features=FEATURES)
    kit = StreamField(Kit(), blank=True, verbose_name=_("axes of the kit"))
    link = models.CharField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[check_address],
        help_text=_("Where it stands: https://… or, for a page of this site, /…"),
    )
    file = models.ForeignKey(
        get_document_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("file"),
    )
    audiences = fields.WordsField(_("for whom"), words=fields.AUDIENCES)
    domains = fields.WordsField(_("domains"), words=fields.DOMAINS)
    goals = fields.WordsField(_("sustainable development goals"), words=fields.GOALS)
    stage = fields.WordField(_("stage on the innovation path"), words=fields.STAGES)
    producer = models.CharField(_("producer"), max_length=200, blank=True)
    collection = models.CharField(_("collection"), max_length=200, blank=True)
    licence = fields.WordField(
        _("licence"), words=fields.LICENCES, help_text=_("Leave empty where its producer does not say.")
    )
    day = models.DateField(
        _("day"), null=True, blank=True, help_text=_("When its producer published it, or when it takes place.")
    )
    years = models.CharField(
        _("years"), max_length=9, blank=True, help_text=_("Where no day is known: 2018, or 2013-2022.")
    )
    sources = models.TextField(_("sources"), blank=True, help_text=_("One a line: an address or a reference."))
    cited = models.BooleanField(_("only cited by a source: to be completed"), default=False)
    private = models.BooleanField(_("only for those who may edit it"), default=False)
    origin = models.CharField(max_length=100, blank=True, editable=False)  # its number among those odd17 starts with

    original_alone = ("origin",)

    class Meta(DraftTranslated.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("origin", "locale"), condition=~models.Q(origin=""), name="resource_begun_once"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a resource of no kind, axes on what is no kit, and years that are none."""
        super().clean()
        wrong = {}
        if not self.kind:
            wrong["kind"] = _("Choose a kind.")
        if self.kit and self.kind != KIT:
            wrong["kit"] = _("Only a kit has axes.")
        if self.years and years_of(self.years) is None:
            wrong["years"] = _("Write a year, or two years in order: 2018, 2013-2022.")
        if wrong:
            raise ValidationError(wrong)

    def get_absolute_url(self) -> str:
        """The lasting address: the number, then words for people."""
        return reverse("resource", args=[self.pk or 0, slugify(self.title)[:80] or "ressource"])

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """The page that readers will see."""
        return "library/resource.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        """What that page is drawn from; what is not saved yet has no language of its own."""
        if self.locale_id is None:
            self.locale = Locale.get_active()
        return {"resource": self, "preview": True}


class RemovedResource(models.Model):
    """One of those odd17 starts with that an editor removed for good: it does not come back."""

    origin = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.origin


class LibraryVersion(models.Model):
    """One row, of which the number grows whenever what is public changes: the index of search follows it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
