"""Writing proposals: begun, kept, confirmed, sent, answered, published, forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, WorkflowState

from odd17.web.practices.models import Practice, PracticeContact
from odd17.web.practices.version import practices_changed

from . import letters
from .answers import apply, is_whole
from .files import MOST_FILES, FileRefused, TakenFile
from .forms import LICENCE
from .models import Attachment, Contribution
from .step_forms import CONSENT

State = Contribution.State
UNCONFIRMED = timedelta(days=7)
UNTOUCHED = timedelta(days=180)
"""How long a draft is kept whose author does not confirm their address, and one to which nobody comes back."""


class NotOpen(Exception):
    """The proposal is being read, or is decided: its author may not change it now."""


def contribution_begin(*, once: str, language: str, email: str, account: AbstractUser | None) -> Contribution:
    """Begin a proposal, or give the one that the same form began; an account's address is confirmed already."""
    drafts_expire()
    confirmed = timezone.now() if account is not None else None
    try:
        with transaction.atomic():
            begun = Contribution.objects.create(
                once=once, language=language, email=email.lower(), account=account, confirmed=confirmed
            )
            if confirmed is None:
                letters.confirm_letter(begun)
            return begun
    except IntegrityError:
        return Contribution.objects.get(once=once)


def drafts_expire() -> None:
    """Remove the drafts that nobody confirmed or came back to, with their files."""
    now = timezone.now()
    drafts = Contribution.objects.filter(state__in=(State.DRAFT, State.WAITING), practice=None)
    old = drafts.filter(touched__lt=now - UNTOUCHED) | drafts.filter(confirmed=None, touched__lt=now - UNCONFIRMED)
    for draft in old:
        _remove(draft)


def answers_save(*, contribution: Contribution, part: str, typed: dict[str, object]) -> None:
    """Keep the answers of a step; raises NotOpen."""
    _open(contribution)
    contribution.answers = {**contribution.answers, part: typed}
    contribution.save(update_fields=["answers", "touched"])


def attachment_add(*, contribution: Contribution, file: TakenFile, caption: str) -> None:
    """Keep a file beside the proposal, once; raises NotOpen, and FileRefused where there are enough."""
    _open(contribution)
    if contribution.attachments.filter(digest=file.digest).exists():
        return
    if contribution.attachments.count() >= MOST_FILES:
        raise FileRefused(_("Six files at most: remove one first."))
    kept = Attachment(
        contribution=contribution,
        practice=contribution.practice,
        name=file.name,
        caption=caption,
        kind=file.kind,
        width=file.width,
        height=file.height,
        size=len(file.content),
        digest=file.digest,
    )
    kept.file.save(f"{contribution.pk}-{file.digest[:16]}", ContentFile(file.content), save=False)
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:  # sent twice at once
        kept.file.delete(save=False)


def attachment_remove(*, contribution: Contribution, number: int) -> None:
    """Take a file away; raises NotOpen."""
    _open(contribution)
    for found in contribution.attachments.filter(pk=number):
        found.file.delete(save=False)
        found.delete()


@transaction.atomic
def contribution_confirm(*, contribution: Contribution) -> None:
    """The address is theirs: send the private link, and on to moderation what waited for it."""
    first = Contribution.objects.filter(pk=contribution.pk, confirmed=None).update(confirmed=timezone.now())
    if not first:
        return
    contribution.refresh_from_db()
    letters.link_letter(contribution)
    if contribution.state != State.WAITING:
        return
    if is_whole(contribution.answers):
        _hand_over(contribution)
    else:  # taken up again since it was sent, and not finished
        contribution.state = State.DRAFT
        contribution.save()


@transaction.atomic
def contribution_send(*, contribution: Contribution) -> None:
    """Send a whole proposal to moderation, or let it wait for its address to be confirmed; raises NotOpen.

    Sent twice, it goes once. What a moderator asked to change goes back to the same moderation.
    """
    kept = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not kept.is_open or not is_whole(kept.answers):
        raise NotOpen
    with translation.override(kept.language):
        kept.agreed, kept.agreed_words = timezone.now(), str(LICENCE)
    kept.state = State.WAITING
    kept.save()
    if kept.confirmed is not None:
        _hand_over(kept)
    contribution.refresh_from_db()


def _hand_over(contribution: Contribution) -> None:
    """Make the draft at the desk, or bring the author's changes into it, and start or resume its moderation."""
    practice = contribution.practice
    whole = Practice(live=False) if practice is None else practice.get_latest_revision_as_object()
    if practice is None:
        whole.locale = Locale.objects.get(language_code=contribution.language)
        whole.author = contribution.account
    apply(whole, contribution.answers, contribution.sent_answers if practice is not None else {})
    if practice is None:
        whole.save()
        contribution.practice = whole
    whole.save_revision(user=contribution.account, log_action=True, clean=False)
    contribution.sent_answers = contribution.answers
    contribution.state = State.SENT
    contribution.reply = ""
    contribution.save()
    contribution.attachments.update(practice=whole)
    _contact(contribution)
    _moderate(Practice.objects.get(pk=whole.pk), contribution)
    letters.received_letter(contribution)


def _contact(contribution: Contribution) -> None:
    """The author as contact while they consent: the address is the one that they confirmed."""
    said = contribution.answers.get("contact", {})
    name = str(said.get("name") or "").strip()
    if not (name and said.get("consent")):
        PracticeContact.objects.filter(practice=contribution.practice).delete()
        return
    with translation.override(contribution.language):
        words = str(CONSENT)
    new = {"consented": timezone.now(), "words": words}
    PracticeContact.objects.update_or_create(
        practice=contribution.practice,
        defaults={"name": name, "email": contribution.email},
        create_defaults={"name": name, "email": contribution.email, **new},
    )


def _moderate(practice: Practice, contribution: Contribution) -> None:
    state = practice.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(contribution.account)
    elif state is None and (workflow := practice.get_workflow()) is not None:
        workflow.start(practice, contribution.account)


def contribution_answer(*, practice: int, comment: str) -> None:
    """A moderator asked for changes, or declined: tell the author."""
    for found in Contribution.objects.filter(practice=practice, state__in=(State.SENT, State.DECLINED)):
        found.reply = comment
        declined = found.state == State.DECLINED
        found.state = State.DECLINED if declined else State.ANSWERED
        found.save()
        (letters.declined_letter if declined else letters.answer_letter)(found)


def contribution_publish(*, practice: int) -> None:
    """The practice became public: tell its author, once."""
    for found in Contribution.objects.filter(practice=practice).exclude(state=State.PUBLISHED):
        found.state = State.PUBLISHED
        found.save()
        letters.published_letter(found)


@transaction.atomic
def contribution_forget(*, contribution: Contribution) -> None:
    """Erase who proposed. What was never public goes with its files; what was public stays, without their name."""
    practice = contribution.practice
    if practice is None or practice.first_published_at is None:
        _remove(contribution)
        return
    PracticeContact.objects.filter(practice=practice).delete()
    practices_changed()
    contribution.answers, contribution.sent_answers, contribution.email = {}, {}, ""
    contribution.account, contribution.confirmed = None, None
    contribution.save()


def _remove(contribution: Contribution) -> None:
    for file in contribution.attachments.all():
        transaction.on_commit(lambda kept=file.file: kept.delete(save=False), robust=True)
        file.delete()
    if contribution.practice is not None:
        contribution.practice.delete()
    contribution.delete()


def _open(contribution: Contribution) -> None:
    if not contribution.is_open:
        raise NotOpen
