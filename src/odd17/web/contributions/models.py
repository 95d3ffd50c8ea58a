"""A proposal as it is kept: answers to the steps of the form, the files beside them, and who may be answered.

What is personal (address, name of the contact) stays here and in ``PracticeContact``: a practice and its revisions hold
none of it.
"""

from __future__ import annotations

import secrets
from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, TaskState

from odd17.web.practices.models import Practice

_PUBLISH = "practices.publish_practice"


def new_token() -> str:
    """What nobody guesses: the secret part of a link."""
    return secrets.token_urlsafe(32)


def private_files() -> FileSystemStorage:
    """Where attachments stand: outside the folder of media, so that only their view gives them."""
    return FileSystemStorage(location=settings.HOME / "attachments")


class Contribution(models.Model):
    """A practice that someone proposes. ``token`` opens it again, ``confirming`` confirms the address."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("draft")
        WAITING = "waiting", _("waits for the address to be confirmed")
        SENT = "sent", _("being read by a moderator")
        ANSWERED = "answered", _("waits for its author’s changes")
        DECLINED = "declined", _("declined")
        PUBLISHED = "published", _("published")

    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    language = models.CharField(_("language"), max_length=5)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    confirmed = models.DateTimeField(_("address confirmed on"), null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    confirming = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    once = models.CharField(max_length=200, unique=True, editable=False)  # of the form that began it
    answers = models.JSONField(default=dict, editable=False)
    sent_answers = models.JSONField(default=dict, editable=False)  # those that the practice has
    agreed = models.DateTimeField(_("licence agreed on"), null=True, blank=True)
    agreed_words = models.TextField(_("words agreed to"), blank=True)
    reply = models.TextField(_("last answer to the author"), blank=True)
    practice = models.OneToOneField(
        Practice, null=True, blank=True, on_delete=models.SET_NULL, related_name="contribution"
    )
    begun = models.DateTimeField(_("begun on"), auto_now_add=True)
    touched = models.DateTimeField(_("changed on"), auto_now=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-touched",)

    def __str__(self) -> str:
        return self.title or str(_("Untitled proposal"))

    def get_absolute_url(self) -> str:
        """Where its author reads how far it is."""
        return reverse("proposal", args=[self.pk])

    @property
    def title(self) -> str:
        """The title that its author gave, or nothing."""
        return self.answers.get("practice", {}).get("title", "")

    @property
    def is_open(self) -> bool:
        """Whether its author may change it."""
        return self.state in (self.State.DRAFT, self.State.WAITING, self.State.ANSWERED)


class Attachment(models.Model):
    """A picture or a PDF beside a proposal: private until the practice is public, and then while ``shown``."""

    contribution = models.ForeignKey(Contribution, null=True, on_delete=models.SET_NULL, related_name="attachments")
    practice = models.ForeignKey(Practice, null=True, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(_("name"), max_length=120)
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)
    kind = models.CharField(_("type"), max_length=40, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    digest = models.CharField(max_length=64, editable=False)
    file = models.FileField(storage=private_files, upload_to="%Y/%m", editable=False)
    shown = models.BooleanField(_("shown on the page of the practice"), default=True)
    sent = models.DateTimeField(_("sent on"), auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("contribution", "digest"), name="attachment_sent_once"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is given to those who may have it."""
        return reverse("attachment", args=[self.pk, self.name])

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it."""
        return self.kind.startswith("image/")


class ReasonForm(TaskStateCommentForm):
    """Words for the author: without them, nobody knows what to change."""

    comment = forms.CharField(
        label=_("What the author will read"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )


class Moderation(AbstractGroupApprovalTask):
    """The reading of a practice by groups: they ask its author for changes or decline it, and editors publish it."""

    class Meta:
        verbose_name = _("Moderation that answers authors")
        verbose_name_plural = _("Moderations that answer authors")

    _answering: ClassVar = ("reject", "decline")

    def get_actions(self, obj: models.Model, user: object) -> list[tuple[str, str, bool]]:
        """Ask for changes, decline, and publish for those who may."""
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        publish = [("approve", _("Approve"), False)] if user.has_perm(_PUBLISH) else []  # Wagtail adds “and Publish”
        return [
            *publish,
            ("reject", _("Ask the author for changes"), True),
            ("decline", _("Decline, with a reason"), True),
        ]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """An answer to the author needs words."""
        return ReasonForm if action in self._answering else super().get_form_for_action(action)

    def on_action(self, task_state: TaskState, user: object, action_name: str, **kwargs: object) -> None:
        """Do it; raises PermissionDenied for what this user is not offered. Declining is a rejection that ends it."""
        offered = self.get_actions(task_state.workflow_state.content_object, user)
        if action_name not in {name for name, _label, _form in offered}:
            raise PermissionDenied
        if action_name != "decline":
            super().on_action(task_state, user, action_name, **kwargs)
            return
        found = Contribution.objects.filter(practice=task_state.workflow_state.content_object.pk)
        found.update(state=Contribution.State.DECLINED)
        task_state.reject(user=user, **kwargs)
        task_state.workflow_state.cancel(user=user)

    @classmethod
    def get_description(cls) -> str:
        """What the desk says of it."""
        return _("Members of the chosen groups publish a practice, ask its author for changes, or decline it")
