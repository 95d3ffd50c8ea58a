"""Every address of an alliance, whichever it is: nobody but its members of today passes, by reading or by sending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, reverse
from django.utils import timezone

PUBLIC = {"alliances", "alliance_begin", "dialogue_prepare", "alliance_join", "alliance_reminders", "alliance_card"}
"""Addresses that are of no alliance, or that ask for something else than membership: tried in tests of their own."""

WORDS = {"names": ("avec-noms", "sans-noms"), "format": ("pdf", "docx")}
"""What an address holds besides numbers."""


def kept(name: str, app: str = "alliances") -> Any:
    return apps.get_model(app, name).objects


def later(days: int) -> str:
    return (timezone.localdate() + timedelta(days)).isoformat()


@pytest.fixture
def filled(three: Any, told: Any) -> tuple[str, Any, Any, Any]:
    """An alliance that has one of everything, and an evaluation that is open."""
    path, officer, director, lead = three
    director.post(f"{path}engagements/", means="human", what="Deux jours", due=later(9))
    day = later(0)
    officer.post(f"{path}dialogues/", day=day, present="Nous", agenda="A", decisions="D")
    place = officer.post(f"{path}evaluations/", closes=later(9)).headers["Location"]
    for who, mark in ((officer, 5), (director, 1), (lead, 3)):
        who.post(place, **told(mark))
    officer.post(f"{path}territoire/", version="0", indicateur=["population"], ended="")
    file = SimpleUploadedFile("budget.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    officer.post(f"{path}documents/", file=file, about="Le budget")
    officer.post(f"{path}inviter/", email="x@example.org", partner="")
    call = {"title": "Cherche", "need": "Une cuisine", "signed": "Nous", "territory": "Bretagne", "kinds": [],
            "domains": ["education"], "until": later(9), "once": "z" * 20}  # fmt: skip
    officer.post(f"{path}appels/nouveau/", **call)
    public = kept("Call", "calls").get()
    kept("CallAnswer", "calls").create(
        call=public, language="fr", name="N", organisation="O", kind="company", email="o@example.org", text="T",
        once="o", confirmed=timezone.now(),
    )  # fmt: skip
    return path, officer, director, lead


def addresses() -> Iterator[str]:
    """All addresses of alliances and of their calls that name an alliance, its own things in the place of numbers."""
    from odd17.web.alliances import urls  # noqa: PLC0415 - once Django is set up
    from odd17.web.calls import workspace_urls  # noqa: PLC0415

    alliance = kept("Alliance").get()
    numbers = {
        "number": alliance.pk,
        "invitation": kept("Invitation").get(used=None).pk,
        "document": kept("AllianceDocument").get().pk,
        "partner": kept("Partner").get(name="La commune").pk,
        "person": kept("Person").filter(steward=True).get().pk,
        "promise": kept("Promise").get().pk,
        "evaluation": kept("Evaluation").get().pk,
        "call": kept("Call", "calls").get().pk,
        "answer": kept("CallAnswer", "calls").get().pk,
    }
    pattern: URLPattern
    for pattern in (*urls.urlpatterns, *workspace_urls.urlpatterns):
        if pattern.name in PUBLIC:
            continue
        asked = [*pattern.pattern.converters] or [*pattern.pattern.regex.groupindex]
        assert "number" in asked, pattern.name
        formats = ("csv", "xlsx") if pattern.name == "alliance_contribution_file" else WORDS["format"]
        for names in WORDS["names"] if "names" in asked else ("",):
            for form in formats if "format" in asked else ("",):
                told = numbers | {"names": names, "format": form}
                yield reverse(pattern.name, kwargs={name: told[name] for name in asked})


def status(reply: Any) -> int:
    """Of a reply that is not read further."""
    reply.close()
    return int(reply.status_code)


def test_no_address_of_an_alliance_lets_in_a_stranger_a_former_member_or_nobody(
    filled: Any, ally: Any, client: Any
) -> None:
    path, officer, director, _lead = filled
    all_of_it = list(addresses())
    stranger = ally("stranger")
    stranger.begin("B")  # of another alliance
    assert len(all_of_it) > 30
    reads = [one for one in all_of_it if status(officer.client.get(one)) == 200]
    assert any(one.endswith("rapport-avec-noms.pdf") for one in reads)
    assert any(one.endswith("suivi.docx") for one in reads)
    director.post(f"{path}partir/")
    for one in all_of_it:
        for who in (stranger, director):
            assert who.client.get(one).status_code in (404, 405), one
            assert who.client.post(one).status_code in (404, 405), one
            if one in reads:
                assert who.client.get(one).status_code == 404, one
        for reply in (client.get(one), client.post(one)):
            assert reply.status_code in (302, 405), one
            if reply.status_code == 302:
                assert "/comptes/" in reply.headers["Location"], one
    assert kept("Partner").get(name="La commune").left is None
    assert kept("PromiseEvent").count() == 0
