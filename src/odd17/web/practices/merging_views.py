"""The desk's pages of practices that may be the same: the list, two side by side, and what is decided of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.rich_text import get_text_for_indexing

from odd17.core.kernel import UsageError
from odd17.publishing.practice_words import shared_name
from odd17.publishing.said import said

from .duplicates import LikelyPair, likely_pairs, shared_by
from .merging import practices_merge, practices_tell_apart
from .models import Practice
from .practice_page import territories_of

_PAGE = 20
_COMPARED = (
    "title", "summary", "domains", "goals", "territories", "scale", "alliance_type", "trade", "stage", "begun", "ended",
    "money", "time", "skills", "sources", "licence", "checked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One part of both practices."""

    name: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two do not say the same."""
        return self.first != self.second


def _for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse who may not publish; the desk has seen to the rest."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm("practices.publish_practice"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return answer


@require_safe
@_for_editors
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that look alike, with their reasons."""
    pairs = likely_pairs()
    page = Paginator(pairs or (), _PAGE).get_page(request.GET.get("p"))
    rows = [(pair, round(pair.likely.likeness * 100), _reasons(pair)) for pair in page]
    context = {"rows": rows, "page_obj": page, "later": pairs is None}
    return render(request, "practices/desk/duplicates.html", context)


@require_safe
@_for_editors
def duplicate(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two practices side by side."""
    one, other = _pair(first, second)
    likely = shared_by(one, other)
    reasons = [] if likely is None else _reasons(LikelyPair(one, other, likely))
    context = {"first": one, "second": other, "lines": _lines(one, other), "reasons": reasons}
    return render(request, "practices/desk/duplicate.html", context)


@require_POST
@_for_editors
def decide(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Keep one of the two (``keep`` is its number), or remember that they are not the same (``keep`` is ``both``)."""
    one, other = _pair(first, second)
    choice = request.POST.get("keep", "")
    if choice == "both":
        practices_tell_apart(first=one, second=other)
        messages.success(request, _("It is remembered that the two are not the same."))
        return redirect("practice_duplicates")
    if choice not in (str(one.pk), str(other.pk)):
        messages.error(request, _("Choose which of the two is kept."))
        return redirect("practice_duplicate", first, second)
    kept, gone = (one, other) if choice == str(one.pk) else (other, one)
    try:
        practices_merge(kept=kept, other=gone, user=request.user)
    except UsageError as error:
        messages.error(request, said(error, get_language() or "fr"))
        return redirect("practice_duplicate", first, second)
    told = {"kept": kept.title, "other": gone.title}
    messages.success(request, _("“%(kept)s” is kept; the address of “%(other)s” leads to it.") % told)
    return redirect("practice_duplicates")


def _pair(first: int, second: int) -> tuple[Practice, Practice]:
    found = Practice.objects.select_related("locale").prefetch_related("partners", "impacts")
    return get_object_or_404(found, pk=first), get_object_or_404(found, pk=second)


def _reasons(pair: LikelyPair) -> list[tuple[str, int]]:
    language = get_language() or "fr"
    return [(shared_name(what, language), round(share * 100)) for what, share in pair.likely.shared.items() if share]


def _lines(first: Practice, second: Practice) -> list[Line]:
    lines = [Line(_label(name), _text(first, name), _text(second, name)) for name in _COMPARED]
    lines.insert(2, Line(_("Partners"), _partners(first), _partners(second)))
    lines.insert(2, Line(_("Story"), _story(first), _story(second)))
    return [line for line in lines if line.first or line.second]


def _label(name: str) -> str:
    return str(Practice._meta.get_field(name).verbose_name)


def _text(practice: Practice, name: str) -> str:
    """What a practice says there: words of vocabularies and territories by their names."""
    value = getattr(practice, name)
    if name == "territories":
        return ", ".join(item.name for item in territories_of(practice))
    named = dict(getattr(Practice._meta.get_field(name), "words", list)())
    if isinstance(value, list):
        return ", ".join(str(named.get(item, item)) for item in value)
    return "" if value is None else str(named.get(value, value))


def _partners(practice: Practice) -> str:
    return "\n".join(item.name for item in practice.partners.all())


def _story(practice: Practice) -> str:
    return "\n".join(
        get_text_for_indexing(str(block.value)) for block in practice.story if block.block_type != "picture"
    )
