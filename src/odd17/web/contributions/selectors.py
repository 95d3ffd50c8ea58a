"""Reading proposals: only those of the person who asks, and what became of what they proposed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from odd17.web.practices.models import Practice
from odd17.web.practices.selectors import members_own, readable_by

from .models import Contribution

READ, MEMBERS, MERGED, WITHDRAWN = "read", "members", "merged", "withdrawn"

_OPENED = "proposals"
_MOST_OPENED = 20


def contributions_of(account: AbstractUser) -> QuerySet[Contribution]:
    """Those of an account."""
    return Contribution.objects.filter(account=account)


def mine(request: HttpRequest) -> QuerySet[Contribution]:
    """Those that this browser opened by their link, and those of the account that is signed in."""
    opened = Contribution.objects.filter(pk__in=request.session.get(_OPENED, ()))
    return opened | contributions_of(request.user) if request.user.is_authenticated else opened


def my_contribution(request: HttpRequest, number: int) -> Contribution:
    """One of them; raises Http404 for any other, whether it exists or not."""
    found = mine(request).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def open_here(request: HttpRequest, contribution: Contribution) -> None:
    """Let this browser, which has shown the secret link, open the proposal."""
    opened = [number for number in request.session.get(_OPENED, ()) if number != contribution.pk]
    request.session[_OPENED] = [*opened, contribution.pk][-_MOST_OPENED:]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a practice that was published, and the one that its author can read now, if there is one."""

    kind: str
    practice: Practice | None = None


def outcome_of(practice: Practice | None, user: object) -> Outcome:
    """Where ``practice`` stands for ``user``: a link is given where it leads somewhere, and words where it does not."""
    if practice is None:
        return Outcome(WITHDRAWN)
    if can_read(practice, user):
        return Outcome(READ, practice)
    if (kept := practice.merged_into) is not None:
        return Outcome(MERGED, kept if can_read(kept, user) else None)
    return Outcome(MEMBERS if members_own().filter(pk=practice.pk).exists() else WITHDRAWN)


def can_read(practice: Practice, user: object) -> bool:
    """Whether the page of ``practice`` opens for ``user``."""
    return readable_by(user).filter(pk=practice.pk).exists()
