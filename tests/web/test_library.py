"""The library: its list, its pages, its feeds, and who may not read what."""

from __future__ import annotations

import json
import re
import uuid
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

TITLE = "Évaluer <script>alert(1)</script> ensemble"
ATOM = "{http://www.w3.org/2005/Atom}"


def model(name: str, app: str = "library"):
    return apps.get_model(app, name)


def drafted(title: str = TITLE, *, language: str = "fr", **values):
    locale = model("Locale", "wagtailcore").objects.get_or_create(language_code=language)[0]
    return model("Resource").objects.create(title=title, locale=locale, live=False, **values)


def published(title: str = TITLE, **values):
    resource = drafted(title, **values)
    resource.save_revision().publish()
    resource.refresh_from_db()
    return resource


@pytest.fixture(autouse=True)
def _none_left(author):
    clear()
    yield
    clear()


def clear() -> None:
    model("Resource").objects.all().delete()
    model("RemovedResource").objects.all().delete()
    model("Practice", "practices").objects.all().delete()
    call_command("library_index", whole=False)


def titles(client: Client, query: str = "") -> list[str]:
    """The titles of the list, in order."""
    page = client.get(f"/ressources/{query}")
    assert page.status_code == 200
    text = re.sub(r"</?mark>", "", page.content.decode())
    found = re.search(r'<ol class="practices found">(.*?)</ol>', text, re.S)
    return re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", found[1]) if found else []


def test_the_page_says_all_and_escapes_all(client: Client) -> None:
    resource = published(
        summary="Un <b>résumé</b>.",
        text="<p>Se <i>dire</i> les choses.</p>",
        audiences=["territories"],
        domains=["education"],
        goals=["17"],
        stage="prototype",
        producer="Une <i>maison</i>",
        collection="Repères",
        licence="cc-by-4.0",
        day=date(2024, 3, 2),
        sources="https://example.org/a\n<b>x</b>",
        link="https://example.org/lire",
    )
    page = client.get(resource.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert "<script>alert" not in text
    assert "<i>maison" not in text
    assert "<b>x" not in text
    for said in ("Se <i>dire</i>", "Territoires", "Éducation", "Attribution 4.0", "2 mars 2024", "Repères"):
        assert said in text
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, flags=re.S)
    assert linked is not None
    told = json.loads(linked[1])
    assert told["name"] == TITLE
    assert (told["datePublished"], told["sameAs"]) == ("2024-03-02", "https://example.org/lire")
    assert client.get(f"/en{resource.get_absolute_url()}").status_code == 200


def test_what_nobody_said_is_said_to_be_so(client: Client) -> None:
    resource = published("Un titre", cited=True)
    text = client.get(resource.get_absolute_url()).content.decode()
    assert "Rien n’a été ajouté" in text
    assert "non précisé" in text
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, flags=re.S)
    assert linked is not None
    assert not {"license", "publisher", "datePublished", "sameAs"} & json.loads(linked[1]).keys()


def _item(value: object) -> dict[str, object]:
    """A block of a list, as the desk keeps it."""
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def test_a_kit_shows_its_four_axes_and_only_what_is_public(client: Client) -> None:
    shown, hidden, kept = published("Un guide"), drafted("Un brouillon"), published("Un secret", private=True)
    locale = model("Locale", "wagtailcore").objects.get(language_code="fr")
    practice = model("Practice", "practices").objects.create(title="Une cantine", locale=locale)
    of_members = model("Practice", "practices").objects.create(title="Entre membres", locale=locale, private=True)
    over = model("Practice", "practices").objects.create(
        title="Une fin passée", locale=locale, expire_at=timezone.now() - timedelta(hours=1)
    )
    axis = {
        "text": "<p>Commencer par écouter.</p>",
        "resources": [_item(one.pk) for one in (shown, hidden, kept)],
        "practices": [_item(one.pk) for one in (practice, of_members, over)],
        "links": [_item({"label": "Le fil", "address": "/fil/"})],
    }
    kit = published("Un kit", kind="kit", kit=json.dumps([{"type": "method", "value": axis}]))
    text = client.get(kit.get_absolute_url()).content.decode()
    for said in ("Document de référence", "Exemples inspirants", "Démarche et méthode", "Boîte à outils"):
        assert said in text
    assert text.count("Rien encore sur cet axe") == 3
    for said in ("Commencer par écouter", "Un guide", "Une cantine", 'href="/fil/"'):
        assert said in text
    for unsaid in ("Un brouillon", "Un secret", "Entre membres", "Une fin passée"):
        assert unsaid not in text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "poster"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"audiences": ["everyone"]}, "audiences"),
        ({"licence": "mine"}, "licence"),
        ({"years": "2022-2013"}, "years"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "//example.org"}, "link"),
        ({"kind": "news", "kit": json.dumps([{"type": "method", "value": {"text": "<p>a</p>"}}])}, "kit"),
    ],
)
def test_what_is_not_understood_is_refused(values: dict, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        drafted(**values).full_clean()
    assert field in caught.value.message_dict


def test_the_list_is_found_filtered_counted_and_turned(client: Client) -> None:
    for number in range(22):
        published(f"Lettre n° {number}", kind="bulletin", day=date(2026, 1, 1) + timedelta(days=number))
    published("Un kit de territoires", kind="kit", audiences=["territories"])
    assert len(titles(client)) == 20
    assert set(titles(client, "?page=2&tri=date")) == {"Lettre n° 1", "Lettre n° 0", "Lettre n° 2"}
    assert titles(client, "?genre=kit") == ["Un kit de territoires"]
    assert titles(client, "?q=territoire") == ["Un kit de territoires"]
    assert titles(client, "?genre=bulletin&tri=date")[0] == "Lettre n° 21"
    text = client.get("/ressources/?q=territoire").content.decode()
    assert re.search(r"Kit</span>\s*<span class=\"count\">1<", text)
    assert 'value="territoire"' in text
    assert client.get("/ressources/?q=territoire").headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("query", ["?page=9999", "?page=x", "?genre=%00", "?q=%3Cscript%3E", "?langue=de", "?tri=1"])
def test_whatever_is_asked_answers(client: Client, query: str) -> None:
    page = client.get(f"/ressources/{query}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_words_find_practices_too_and_back(client: Client) -> None:
    published("Le guide de la ruche")
    locale = model("Locale", "wagtailcore").objects.get(language_code="fr")
    practice = model("Practice", "practices").objects.create(title="Une ruche partagée", locale=locale, live=False)
    practice.save_revision().publish()
    text = client.get("/ressources/?q=ruches").content.decode()
    assert f"/pratiques/{practice.pk}-" in text
    assert "/ressources/?q=ruches" in client.get("/pratiques/?q=ruches").content.decode()
    both = client.get("/recherche/?q=ruches").content.decode()
    assert "Une <mark>ruche</mark>" in both
    assert "Le guide de la <mark>ruche</mark>" in both


def everywhere(client: Client) -> str:
    """All public places that list resources, together."""
    paths = (
        "/ressources/", "/ressources/?q=secret", "/ressources/flux/rss/", "/ressources/flux/atom/?genre=news",
        "/api/v1/resources", "/api/v1/resources?q=secret", "/recherche/?q=secret",
        "/pratiques/?q=secret", "/ressources/suggestions/?q=conf",
    )  # fmt: skip
    return "".join(client.get(path).content.decode() for path in paths)


def hidden_one(state: str):
    """A resource that nobody may read, and the words that would betray it."""
    title = "Confidentiel"
    if state == "draft":
        return drafted(title, kind="news", summary="secret")
    if state == "private":
        return published(title, kind="news", summary="secret", private=True)
    if state == "withdrawn":
        resource = published(title, kind="news", summary="secret")
        resource.unpublish()
        return resource
    if state == "over":
        resource = published(title, kind="news", summary="secret")
        resource.expire_at = timezone.now() - timedelta(minutes=1)
        resource.save()
        return resource
    resource = drafted(title, kind="news", summary="secret")
    resource.go_live_at = timezone.now() + timedelta(hours=1)
    resource.save_revision().publish()
    resource.refresh_from_db()
    return resource


@pytest.mark.parametrize("state", ["draft", "private", "scheduled", "withdrawn", "over"])
def test_what_is_not_public_is_nowhere(client: Client, state: str) -> None:
    resource = hidden_one(state)
    assert client.get(resource.get_absolute_url()).status_code == 404
    assert client.get(f"/ressources/{resource.pk}/fichier/").status_code == 404
    assert client.get(f"/api/v1/resources/{resource.pk}").status_code == 404
    assert "Confidentiel" not in everywhere(client)


def test_a_private_resource_is_for_those_who_may_edit(client: Client, with_role) -> None:
    resource = hidden_one("private")
    page = with_role("editor").get(resource.get_absolute_url())
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert with_role("", "lectrice").get(resource.get_absolute_url()).status_code == 404


def test_what_is_set_for_an_hour_becomes_public_then(client: Client) -> None:
    resource = hidden_one("scheduled")
    revision = resource.revisions.get()
    passed = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at, revision.content["go_live_at"] = passed, passed.isoformat()
    revision.save()
    assert titles(client) == ["Confidentiel"]
    assert client.get(resource.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "door", ["/ressources/", "/ressources/suggestions/?q=conf", "/ressources/flux/rss/", "/api/v1/resources"]
)
def test_each_door_opens_at_the_hour_set(client: Client, monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    hidden_one("scheduled")
    assert "Confidentiel" not in re.sub("</?mark>", "", client.get(door).content.decode())
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Confidentiel" in re.sub("</?mark>", "", client.get(door).content.decode())


def test_suggestions_come_as_one_types_and_lead_to_the_search_and_to_pages(client: Client) -> None:
    resource = published("Guide du mécénat <b>croisé</b>")
    answer = client.get("/ressources/suggestions/?q=guide+m%C3%A9c")
    text = answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert 'id="l-library"' in text
    assert 'href="/ressources/?q=guide+m%C3%A9c%C3%A9nat"' in text
    assert f'href="/ressources/{resource.pk}-ressource"' in text.replace('/"', '"')
    assert "<b>croisé" not in text
    assert client.get("/ressources/suggestions/?q=").content.decode().strip() == ""
    assert client.get("/ressources/suggestions/?q=zzzz").content.decode().strip() == ""
    page = client.get("/ressources/?q=m%C3%A9c").content.decode()  # without JavaScript the page itself answers
    assert 'hx-get="/ressources/suggestions/"' in page
    assert titles(client, "?q=m%C3%A9c%C3%A9nat") != []


def test_the_thread_leads_to_the_page_of_what_it_names(client: Client) -> None:
    name, step = "L’appropriation des ODD par les acteurs non étatiques", "/fil/objectifs/"
    assert name in client.get(step).content.decode()
    assert "<cite>" not in "".join(re.findall("<a [^>]*><cite>", client.get(step).content.decode()))
    resource = published(name)
    assert f'<a href="{resource.get_absolute_url()}"><cite>{name}</cite></a>' in client.get(step).content.decode()
    resource.unpublish()
    assert resource.get_absolute_url() not in client.get(step).content.decode()
    published(name, private=True)
    english = published(name, language="en")
    french = published(name)
    for prefix, shown in (("", french), ("/en", english)):
        assert f"/ressources/{shown.pk}-" in client.get(prefix + step).content.decode()


def test_a_kind_of_which_there_is_none_says_so_and_editors_may_add_one(client: Client, with_role) -> None:
    published("Un guide", audiences=["territories"])
    for path in ("?genre=news", "?genre=mooc&tri=date"):
        assert "rien n’est encore publié ici" in client.get(f"/ressources/{path}").content.decode()
    for path in ("", "?genre=document", "?genre=news&public=territories", "?genre=news&q=guide", "?genre=zzz"):
        assert "rien n’est encore publié ici" not in client.get(f"/ressources/{path}").content.decode()
    add = "/admin/snippets/library/resource/add/"
    assert add not in client.get("/ressources/").content.decode()
    assert add not in with_role("moderator").get("/ressources/").content.decode()
    editor = with_role("editor")
    assert add in editor.get("/ressources/?genre=news").content.decode()
    assert "Un cours en ligne ouvert à tous" in editor.get(add).content.decode()


def test_an_old_address_leads_to_the_page(client: Client) -> None:
    resource = published("Un guide")
    answer = client.get(f"/ressources/{resource.pk}-autres-mots/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/ressources/{resource.pk}-un-guide/")
    assert client.get("/ressources/99999999999999999999-x/").status_code == 404


def test_search_follows_publication_edition_and_removal_at_once(client: Client) -> None:
    resource = published("Une ruche")
    resource.title = "Un verger"
    revision = resource.save_revision()
    assert titles(client, "?q=verger") == []
    revision.publish()
    assert titles(client, "?q=verger") == ["Un verger"]
    resource.delete()
    assert titles(client) == []


def test_the_other_language_is_said(client: Client) -> None:
    resource = published("Un guide")
    published("A guide", language="en", translation_key=resource.translation_key)
    assert "Elle existe aussi en anglais" in client.get(resource.get_absolute_url()).content.decode()
    assert titles(client, "?langue=en") == ["A guide"]


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_feeds_are_whole_and_filtered(client: Client, format: str) -> None:
    published("Une actualité & <i>une</i>", kind="news", summary="Un <b>mot</b>", producer="Une maison")
    published("Un guide")
    answer = client.get(f"/ressources/flux/{format}/")
    assert answer.status_code == 200
    assert f"application/{format}+xml" in answer.headers["Content-Type"]
    told = ElementTree.fromstring(answer.content)  # noqa: S314 - of our own making
    entries = told.findall("channel/item") if format == "rss" else told.findall(f"{ATOM}entry")
    names = [entry.findtext("title") or entry.findtext(f"{ATOM}title") for entry in entries]
    assert names == ["Un guide", "Une actualité & <i>une</i>"]
    news = client.get(f"/ressources/flux/{format}/?genre=news").content.decode()
    assert "Un guide" not in news
    assert "http://127.0.0.1:8000/ressources/" in news
    assert "localhost" not in news  # not the host that was asked


def test_a_feed_of_another_format_is_nowhere(client: Client) -> None:
    assert client.get("/ressources/flux/json/").status_code == 404


def test_pages_tell_readers_of_feeds_where_they_are(client: Client) -> None:
    text = client.get("/ressources/?genre=news").content.decode()
    assert '<link rel="alternate" type="application/rss+xml"' in text
    assert 'href="/ressources/flux/atom/?genre=news"' in text


def test_the_api_gives_what_pages_say(client: Client) -> None:
    resource = published("Un guide", kind="kit", audiences=["territories"], years="2018-2019")
    drafted("Un brouillon")
    found = client.get("/api/v1/resources?audience=territories").json()
    assert (found["total"], found["facets"]["kind"]) == (1, {"kit": 1})
    one = client.get(f"/api/v1/resources/{resource.pk}").json()
    assert found["resources"] == [one]
    assert (one["title"], one["years"], one["licence"]) == ("Un guide", "2018-2019", None)
    assert one["path"] == resource.get_absolute_url()
    assert client.get(one["path"]).status_code == 200


def test_it_starts_once_and_what_editors_remove_stays_removed(client: Client) -> None:
    call_command("library_start")
    first = titles(client)
    count = model("Resource").objects.count()
    assert count == 23
    assert "Panorama du ProBono" in first + titles(client, "?page=2")
    call_command("library_start")
    assert model("Resource").objects.count() == count
    model("Resource").objects.get(title="Panorama du ProBono").delete()
    kit = model("Resource").objects.get(title="Du diagnostic à une première alliance")
    kit.title = "Autre titre"
    kit.save_revision().publish()
    call_command("library_start")
    assert model("Resource").objects.count() == count - 1
    text = client.get(kit.get_absolute_url(), follow=True).content.decode()
    assert 'href="/auto-diagnostic/"' in text
    assert "Rien encore sur cet axe" not in text


def test_where_to_start_and_the_services_lead_to_it(client: Client) -> None:
    call_command("library_start")
    text = client.get("/par-ou-commencer/?profil=territoires").content.decode()
    assert 'href="/ressources/?public=territories"' in text
    assert "Du diagnostic à une première alliance" in titles(client, "?public=territories")
    text = client.get("/ressources/acces/").content.decode()
    for asked in ("genre=news", "genre=bulletin", "genre=document", "genre=webinar", "genre=mooc", "q=evaluation"):
        assert f'href="/ressources/?{asked}"' in text
        assert client.get(f"/ressources/?{asked}").status_code == 200
    assert titles(client, "?q=evaluation")
