"""What a proposal refuses: bad answers, bad files, floods, and those who may not pass."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

SCRIPT = "<script>alert(1)</script><b onclick=alert(2)>x</b>\"'>"


def proposals():
    return apps.get_model("contributions", "Contribution").objects


def attachments():
    return apps.get_model("contributions", "Attachment").objects


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, form, **more)
    return made.getvalue()


def attach(person, name: str, content: bytes, kind: str = "image/png", caption: str = "La cantine"):
    file = SimpleUploadedFile(name, content, content_type=kind)
    return person.client.post(f"{person.path}results/", {"file": file, "caption": caption, "attach": "1"})


@pytest.fixture
def person(author):
    found = author()
    found.begin()
    return found


# answers


def test_script_in_every_field_is_shown_as_text_everywhere(author, with_role: Callable[..., Client]) -> None:
    person = author()
    person.begin()
    person.say("practice", title=SCRIPT, summary=SCRIPT)
    person.say("partners", name_0=SCRIPT, role_0=SCRIPT)
    person.say("story", **dict.fromkeys(("need", "alliance", "steps", "learnt", "money", "time", "skills"), SCRIPT))
    person.say("results", results=SCRIPT, claim_trust=SCRIPT, claim_innovation=SCRIPT, sources=SCRIPT)
    person.say("contact", name=SCRIPT)
    attach(person, "a.png", picture(), caption=SCRIPT)
    pages = [person.client.get(f"{person.path}{step}/") for step in (*person.STEPS, "relire")]
    person.confirm()
    person.send()
    practice = apps.get_model("practices", "Practice").objects.get()
    desk = with_role("editor")
    pages += [
        person.client.get(person.path),
        person.client.get("/pratiques/proposer/"),
        desk.get(f"/admin/snippets/practices/practice/edit/{practice.pk}/"),
        desk.get("/admin/proposals/"),
    ]
    practice.get_latest_revision().publish()
    practice.refresh_from_db()
    pages.append(Client(SERVER_NAME="localhost").get(practice.get_absolute_url()))
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert(1)" not in page.content.decode()
        assert "<b onclick" not in page.content.decode()


@pytest.mark.parametrize(
    ("step", "said", "fault"),
    [
        ("practice", {"begun": "2025-02-01", "ended": "2025-01-01"}, "ended"),
        ("practice", {"begun": "0001-01-01"}, "begun"),
        ("practice", {"begun": "hier"}, "begun"),
        ("practice", {"territories": "Atlantide"}, "territories"),
        ("practice", {"domains": ["cookery"]}, "domains"),
        ("practice", {"scale": "galaxy"}, "scale"),
        ("practice", {"title": "a" * 201}, "title"),
        ("practice", {"title": "a\x00b"}, "title"),
        ("partners", {"siren_0": "732829321"}, "siren_0"),
        ("partners", {"siren_0": "12"}, "siren_0"),
        ("partners", {"name_0": "", "role_0": "Cuisine", "siren_0": ""}, "name_0"),
        ("partners", {"name_0": "", "kind_0": "", "siren_0": ""}, "name_0"),
        ("partners", {"kind_0": "alien"}, "kind_0"),
        ("story", {"need": ""}, "need"),
        ("story", {"need": "a" * 6001}, "need"),
        ("results", {"claim_trust": "", "proof_trust": "measured"}, "claim_trust"),
        ("results", {"proof_trust": "sworn"}, "proof_trust"),
        ("contact", {"name": "Camille", "consent": ""}, "consent"),
        ("contact", {"name": "", "consent": "on"}, "name"),
    ],
)
def test_an_answer_that_is_wrong_is_refused_beside_its_field(person, step: str, said: dict, fault: str) -> None:
    answer = person.say(step, **said)
    assert answer.status_code == 422
    assert f'id="{fault}_error"' in answer.content.decode()
    assert person.kept.answers == {}


def test_a_character_that_databases_refuse_is_not_kept(person) -> None:
    assert person.say("practice", territories="Rennes\x00").status_code == 302
    assert "\x00" not in person.kept.answers["practice"]["territories"]


@pytest.mark.parametrize("rows", ["-1", "1e9", "99999999999999999999", "x", "<script>", "٣"])
def test_rows_of_partners_are_a_few(person, rows: str) -> None:
    answer = person.say("partners", rows=rows)
    assert answer.status_code == 302
    page = person.client.get(f"{person.path}partners/").content.decode()
    assert page.count('name="name_') == 3


def test_more_partners_are_asked_for_without_losing_any(person) -> None:
    for _ in range(9):
        person.say("partners", more="1", rows=str(3 + 3 * _))
    page = person.client.get(f"{person.path}partners/").content.decode()
    assert page.count('name="name_') == 20
    assert 'value="Ville de R."' in page


# files


@pytest.mark.parametrize(("form", "name"), [("PNG", "a.png"), ("JPEG", "Photo d’été.JPG"), ("WEBP", "a.webp")])
def test_a_picture_is_kept_apart_and_drawn_anew(person, client: Client, site_home: Path, form: str, name: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    assert attach(person, name, picture(form, (3000, 100), exif=exif)).status_code == 302
    kept = attachments().get()
    assert (kept.width, kept.height) == (2000, 67)
    assert b"SECRET CAMERA" not in Path(kept.file.path).read_bytes()
    assert (site_home / "attachments") in Path(kept.file.path).parents
    assert client.get(kept.get_absolute_url()).status_code == 404
    shown = person.client.get(kept.get_absolute_url())
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert shown.headers["Cache-Control"] == "private, no-store"
    shown.close()


def test_a_pdf_is_given_to_take_away(person) -> None:
    assert attach(person, "bilan.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", "application/pdf").status_code == 302
    answer = person.client.get(attachments().get().get_absolute_url())
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()


def bomb() -> bytes:
    """A PNG of a few kilobytes that says that it is 60,000 by 60,000 pixels."""
    whole = bytearray(picture("PNG", (8, 8)))
    whole[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib  # noqa: PLC0415 - of this file alone

    whole[29:33] = zlib.crc32(bytes(whole[12:29])).to_bytes(4, "big")
    return bytes(whole)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bombe.png", bomb()),
        ("grande.png", picture("PNG", (9_000, 6_000))),
        ("a.png", picture("JPEG")),
        ("a.pdf", picture("PNG")),
        ("a.png", b"%PDF-1.7\n%%EOF"),
        ("a.pdf", b"%PDF-1.7\nno end"),
        ("a.png", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("a.png", picture("PNG")[:60]),
        ("a.gif", picture("GIF")),
        ("a.html", picture("PNG")),
        ("a", picture("PNG")),
        ("a.exe", b"MZ\x00\x01"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(person, name: str, content: bytes) -> None:
    answer = attach(person, name, content)
    assert answer.status_code == 422
    assert 'id="file_error"' in answer.content.decode()
    assert not attachments().exists()


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(person) -> None:
    answer = attach(person, "film.png", b"\x89PNG" + bytes(50 * 2**20))
    assert answer.status_code == 413
    assert "10\u00a0Mo au plus" in answer.content.decode()
    assert not attachments().exists()


def test_a_file_just_over_the_limit_is_refused(person) -> None:
    assert attach(person, "film.png", b"\x89PNG" + bytes(10 * 2**20)).status_code in (413, 422)
    assert not attachments().exists()


def test_a_name_never_leads_out_of_the_folder(person, site_home: Path) -> None:
    attach(person, "../../../etc/passwd.png", picture())
    kept = attachments().get()
    assert "/" not in kept.name
    assert (site_home / "attachments") in Path(kept.file.path).parents


def test_the_same_file_twice_is_one_and_six_are_enough(person) -> None:
    attach(person, "a.png", picture())
    attach(person, "b.png", picture())
    assert attachments().count() == 1
    for side in range(10, 17):
        answer = attach(person, "c.png", picture(size=(side, side)))
    assert answer.status_code == 422
    assert attachments().count() == 6
    first = attachments().first()
    path = Path(first.file.path)
    person.client.post(f"{person.path}results/", {"remove": str(first.pk)})
    assert not attachments().filter(pk=first.pk).exists()
    assert not path.exists()


def test_a_file_is_public_with_its_practice_and_only_while_shown(person, client: Client) -> None:
    for step in person.STEPS:
        person.say(step)
    attach(person, "a.png", picture(), caption="Deux cuisiniers")
    person.confirm()
    person.send()
    kept = attachments().get()
    assert client.get(kept.get_absolute_url()).status_code == 404
    practice = apps.get_model("practices", "Practice").objects.get()
    practice.get_latest_revision().publish()
    answer = client.get(kept.get_absolute_url())
    assert answer.status_code == 200
    answer.close()
    page = client.get(apps.get_model("practices", "Practice").objects.get().get_absolute_url()).content.decode()
    assert 'alt="Deux cuisiniers"' in page
    attachments().update(shown=False)
    assert client.get(kept.get_absolute_url()).status_code == 404


# floods


def test_a_trapped_form_is_thanked_and_forgotten(author) -> None:
    person = author()
    answer = person.client.post(
        "/pratiques/proposer/", {"stamp": "x", "email": person.email, "website": "https://spam.example"}
    )
    assert answer.status_code == 302
    assert not proposals().exists()


def test_a_form_sent_at_once_is_asked_again(author) -> None:
    browser = author().client
    page = browser.get("/pratiques/proposer/").content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    assert stamp is not None
    answer = browser.post("/pratiques/proposer/", {"stamp": stamp[1], "email": "a@example.org"})
    assert answer.status_code == 422
    assert "très rapide" in answer.content.decode()
    assert stamp[1] in answer.content.decode()
    assert not proposals().exists()


@pytest.mark.parametrize("stamp", ["", "x", "x:y:z", "a" * 300])
def test_a_stamp_that_is_not_ours_begins_nothing(author, stamp: str) -> None:
    answer = author().client.post("/pratiques/proposer/", {"stamp": stamp, "email": "a@example.org"})
    assert answer.status_code == 422
    assert not proposals().exists()


def test_one_address_begins_a_few_proposals_an_hour(author) -> None:
    answers = [author("pressee@example.org").begin().status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert author("autre@example.org").begin().status_code == 302


def test_one_machine_begins_a_few_proposals_an_hour(author) -> None:
    answers = [author(f"a{number}@example.org").begin().status_code for number in range(21)]
    assert answers == [302] * 20 + [429]


def test_letters_are_sent_again_a_few_times(author) -> None:
    from django.core import mail  # noqa: PLC0415 - of this test alone

    person = author()
    person.begin()
    for _ in range(5):
        person.client.post(f"{person.path}renvoyer/")
    assert len(mail.outbox) == 4


def test_an_address_with_an_account_is_not_told_from_another(author, with_role) -> None:
    with_role("", "connue")
    first, other = author("connue@example.org"), author("inconnue@example.org")
    assert first.begin().status_code == other.begin().status_code == 302
    assert first.client.get(first.path).content.decode().count("connue@") == other.client.get(
        other.path
    ).content.decode().count("connue@")


# those who may not pass


def test_proposals_cannot_be_enumerated(person, client: Client, with_role) -> None:
    others = (client, with_role(""), with_role("editor"))
    for browser in others:
        for path in ("", "practice/", "relire/", "effacer/", "mes-donnees.json", "renvoyer/"):
            known = getattr(browser, "post" if path == "renvoyer/" else "get")(f"{person.path}{path}")
            unknown = getattr(browser, "post" if path == "renvoyer/" else "get")(f"/pratiques/proposer/999999/{path}")
            assert known.status_code == unknown.status_code == 404
    for path in ("confirmer/x", "reprendre/x", "reprendre/1"):
        assert client.get(f"/pratiques/proposer/{path}/").status_code == 404
    assert client.get("/pratiques/contact/x/").status_code == 404


def test_nobody_opens_a_draft_with_the_stamp_of_another(person) -> None:
    other = Client(SERVER_NAME="localhost")
    other.post("/pratiques/proposer/", {"stamp": person.stamp, "email": "voleuse@example.org", "website": ""})
    assert other.get(person.path).status_code == 404


@pytest.mark.parametrize("path", ["", "practice/", "relire/", "effacer/", "renvoyer/"])
def test_what_another_site_posts_is_refused(person, path: str) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = person.client.cookies
    assert strict.post(f"{person.path}{path}", {"title": "x"}).status_code in (403, 405)
    assert strict.post("/pratiques/proposer/", {"email": "a@example.org"}).status_code == 403
    assert proposals().count() == 1


def test_a_withdrawal_that_another_site_posts_is_refused(author, link_sent) -> None:
    person = author()
    person.propose()
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(link_sent(person.email, "/contact/")).status_code == 403
    assert apps.get_model("practices", "PracticeContact").objects.exists()


@pytest.mark.parametrize(
    ("role", "action", "passes"),
    [
        ("", "reject", False),
        ("", "approve", False),
        ("moderator", "approve", False),
        ("moderator", "decline", True),
        ("editor", "approve", True),
        ("administrator", "approve", True),
    ],
)
def test_only_those_who_may_answer_and_publish(author, with_role, role: str, action: str, passes: bool) -> None:
    person = author()
    person.propose()
    practice = apps.get_model("practices", "Practice").objects.get()
    state = practice.current_workflow_task_state.pk
    browser = with_role(role)
    path = f"/admin/snippets/practices/practice/workflow/action/{practice.pk}/{action}/{state}/"
    answer = browser.post(path, {"comment": "parce que"})
    assert (person.kept.state != "sent") is passes
    if not passes:
        assert answer.status_code in (302, 403)
        practice.refresh_from_db()
        assert not practice.live


@pytest.mark.parametrize("role", ["", "moderator"])
def test_who_may_not_publish_does_not_by_a_direct_address(author, with_role, role: str) -> None:
    person = author()
    person.propose()
    practice = apps.get_model("practices", "Practice").objects.get()
    browser = with_role(role)
    for path in ("unpublish", "delete"):
        answer = browser.post(f"/admin/snippets/practices/practice/{path}/{practice.pk}/")
        assert answer.status_code in (302, 403)
    browser.post(
        f"/admin/snippets/practices/practice/edit/{practice.pk}/",
        {"title": "Volée", "action-publish": "action-publish"},
    )
    practice.refresh_from_db()
    assert not practice.live
    assert practice.title == "Une cantine partagée"


@pytest.mark.parametrize("path", ["/admin/proposals/", "/admin/attachments/"])
def test_the_desk_reads_proposals_and_rewrites_none(person, with_role, path: str) -> None:
    attach(person, "a.png", picture())
    assert with_role("").get(path).status_code == 403
    moderator = with_role("moderator")
    assert moderator.get(path).status_code == 200
    number = person.number if "proposals" in path else attachments().get().pk
    for action in ("new/", f"delete/{number}/"):
        assert moderator.get(f"{path}{action}").status_code in (403, 404)
    if "proposals" in path:
        assert moderator.get(f"{path}edit/{number}/").status_code == 403


def test_the_token_of_a_draft_is_on_no_page_of_the_desk(person, with_role) -> None:
    kept = person.kept
    moderator = with_role("moderator")
    for path in ("/admin/proposals/", f"/admin/proposals/inspect/{kept.pk}/"):
        page = moderator.get(path)
        assert page.status_code == 200
        assert kept.token not in page.content.decode()
        assert kept.confirming not in page.content.decode()
