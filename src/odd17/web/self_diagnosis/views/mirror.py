"""The mirror: asked for, opened by an administrator, looked into, left."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from odd17.core.diagnosis.self_diagnosis.mirror import K

from ..forms import CONSENT, MirrorForm
from ..letters import OPEN_MIRROR
from ..mirror import counted, criteria_of, peers_offered, reflection_of, snapshot_of
from ..models import Answering, MirrorAccess
from ..result_page import drawn, result_page
from ..selectors import answering_at, profile_of
from ..services import Shared, mirror_ask, mirror_join, mirror_leave, mirror_open

_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mirror(request: HttpRequest, token: str) -> HttpResponse:
    """Give what the mirror needs and ask for it; once it is open, look at the peers that one chooses."""
    found = answering_at(request, token)
    if found.finished is None:
        return redirect("self_diagnosis_result", token)
    form = MirrorForm(request.POST or None)
    unscored = [one.dimension for one in profile_of(found).scored if one.score is None]
    shown = {"answering": found, "form": form, "unscored": unscored}
    if request.method == "POST":
        if not form.is_valid():
            return render(request, "self_diagnosis/mirror.html", shown, status=422)
        told = form.cleaned_data
        shared = Shared(f"siren-{told['siren']}", told["kind"], told["size"], told["territory"], str(CONSENT))
        mirror_join(answering=found, shared=shared)
        access = mirror_ask(answering=found)
        messages.success(request, _joined(counted=not unscored, opened=access.opened is not None))
        return redirect("self_diagnosis_mirror", token)
    return render(request, "self_diagnosis/mirror.html", shown | _seen(request, found))


@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Take the scores out of the mirror."""
    mirror_leave(answering=answering_at(request, token))
    messages.success(request, _("Your scores are out of the mirror, and what you gave for it is erased."))
    return redirect("self_diagnosis_result", token)


@never_cache
@login_required
@permission_required(OPEN_MIRROR, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """Who asks for the mirror, those who wait first, and opening it: for administrators."""
    if request.method == "POST":
        number = request.POST.get("access", "")
        access = get_object_or_404(MirrorAccess, pk=number if number.isascii() and number.isdigit() else 0)
        mirror_open(access=access, account=request.user)
        return redirect("self_diagnosis_mirrors")
    asked = MirrorAccess.objects.select_related("answering").order_by(F("opened").desc(nulls_first=True), "asked", "pk")
    listed = Paginator(asked, _PAGE).get_page(request.GET.get("page"))
    return render(request, "self_diagnosis/mirrors.html", {"listed": listed})


def _joined(*, counted: bool, opened: bool) -> str:
    """What is said to who joined; to whom the mirror was opened before, it is open."""
    if opened and counted:
        return _("The mirror is open to you, and your new scores count from now on.")
    if opened:
        return _("The mirror is open to you.")
    if counted:
        return _("The mirror is asked for: your scores count once an administrator has opened it.")
    return _("The mirror is asked for.")


def _seen(request: HttpRequest, found: Answering) -> dict[str, object]:
    """The peers that the address asks for, where the mirror is open to these answers and they consent."""
    access = getattr(found, "mirror", None)
    if found.consented is None or access is None or access.opened is None:
        return {"access": access}
    own = criteria_of(found)
    snapshot, taken = snapshot_of(found)
    offered = peers_offered(snapshot, own)
    chosen = {name: value for name, values in offered.items() if (value := request.GET.get(name, "")) in values}
    seen = reflection_of(snapshot, chosen)
    view = result_page(found)
    return {
        "access": access,
        "view": view,
        "criteria": [(name, values, own.get(name, ()), chosen.get(name)) for name, values in offered.items() if values],
        "seen": seen,
        "taken": taken,
        "counted": counted(snapshot, seen, found),
        "rows": [(line, seen.figures.get(line.scored.dimension.id)) for line in view.lines],
        "drawing": drawn(view.lines, dict(seen.figures)) if seen.group is not None else "",
        "least": K,
    }
