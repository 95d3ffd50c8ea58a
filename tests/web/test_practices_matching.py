"""Practices suggested for a territory, a domain and a need; the words explained; what a practice's page says of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from shutil import rmtree

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

FOR_RENNES = "/pratiques/pour/COM-35238-rennes/"


def model(name: str):
    return apps.get_model("practices", name)


def written(title: str, **values):
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    whole = {"title": title, "locale": locale, "live": True, "first_published_at": now, "last_published_at": now}
    practice = model("Practice").objects.create(**whole | values)
    changed()
    return practice


def changed() -> None:
    from odd17.web.practices.version import practices_changed  # noqa: PLC0415

    practices_changed()


@pytest.fixture(autouse=True)
def _none_left(site_home):
    yield
    model("Practice").objects.all().delete()


def titles(page: str) -> list[str]:
    return re.findall(r'<li lang="fr"><a href="[^"]*">([^<]*)</a>', page)


def test_cases_come_with_their_reasons_the_nearest_first(client: Client) -> None:
    written("Loin", domains=["education"], territories=["DEP-2A"])
    written("Ici", domains=["education"], territories=["COM-35238"])
    written("Autour", domains=["education"], territories=["DEP-35"])
    written("Autre chose", domains=["sport"], territories=["COM-35238"])
    page = client.get(f"{FOR_RENNES}education/").content.decode()
    assert titles(page) == ["Ici", "Autour", "Loin"]
    assert "Même domaine\u202f: Éducation" in page
    assert "Ici\u202f: Rennes" in page
    assert "Autour d’ici\u202f: Ille-et-Vilaine" in page
    assert "n’est pas un recensement" in page


def test_what_has_nothing_to_do_with_the_need_is_not_shown_as_fitting(client: Client) -> None:
    written("Ici", territories=["COM-35238"], cited=True)
    other = written("Sans rapport", territories=["DEP-2A"], cited=True)
    page = client.get(FOR_RENNES).content.decode()
    assert titles(page) == ["Ici"]
    assert 'href="/pratiques/"' in page
    page = client.get("/pratiques/pour/?besoin=trottinette").content.decode()
    assert "Aucune pratique ne convient" in page
    assert other.title not in page


def test_a_twin_counts_more_than_a_stranger(client: Client) -> None:
    from odd17.workflows.match_practices import ground_of  # noqa: PLC0415
    from odd17.workflows.releases import current_release  # noqa: PLC0415

    places = ground_of(current_release(), "DEP-35").places
    twin = next(id for id, (_, how) in places.items() if how == "twin" and id.startswith("DEP-"))
    other = next(id for id in current_release().cog.at("DEP") if id not in places)
    for title, place in (("Étrangère", other), ("Jumelle", twin), ("Nulle part", None)):
        written(title, domains=["education"], territories=[place] if place else [])
    page = client.get("/pratiques/pour/DEP-35-ille-et-vilaine/education/").content.decode()
    assert titles(page)[0] == "Jumelle"
    assert "Dans un territoire jumeau" in page


def test_what_was_widened_is_said(client: Client) -> None:
    written("Une école", domains=["education"])
    written("Un stade", domains=["sport"])
    page = client.get("/pratiques/pour/partout/education/").content.decode()
    assert "Trop peu de pratiques" in page


def test_a_need_in_words_and_an_actor(client: Client) -> None:
    written("Le rucher des écoles", summary="Des élèves et des abeilles.")
    other = written("La forge")
    other.partners.add(model("PracticePartner")(name="Ville", kind="local_authority"))
    other.save()
    changed()
    page = client.get("/pratiques/pour/?besoin=un+rucher+pour+l%27école").content.decode()
    assert titles(page)[0] == "Le rucher des écoles"
    assert "Mots en commun\u202f: école, rucher" in page
    page = client.get("/pratiques/pour/?besoin=forge&acteur=local_authority").content.decode()
    assert "Même type d’acteur\u202f: Collectivité" in page


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("territoire=Rennes&domaine=education", f"{FOR_RENNES}education/"),
        ("territoire=35238&domaine=&besoin=a+b", f"{FOR_RENNES}?besoin=a+b"),
        ("territoire=&domaine=sport&acteur=company", "/pratiques/pour/partout/sport/?acteur=company"),
        ("territoire=&domaine=&besoin=", "/pratiques/pour/"),
        ("territoire=&domaine=cuisine", "/pratiques/pour/"),
    ],
)
def test_what_the_form_sends_has_an_address(client: Client, asked: str, address: str) -> None:
    answer = client.get(f"/pratiques/pour/?{asked}")
    assert (answer.status_code, answer.headers.get("Location")) == (302, address)


def test_an_address_with_other_words_leads_to_the_right_one(client: Client) -> None:
    answer = client.get("/pratiques/pour/COM-35238-autre/education/?besoin=a")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{FOR_RENNES}education/?besoin=a")


def test_a_name_of_several_territories_gets_the_choice(client: Client) -> None:
    answer = client.get("/pratiques/pour/?territoire=Saint-Denis&domaine=education")
    assert answer.status_code == 404
    assert "/pratiques/pour/COM-93066-saint-denis/education/" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/pratiques/pour/COM-99999/",
        f"{FOR_RENNES}cuisine/",
        "/pratiques/pour/%3Cscript%3E/",
        "/pratiques/pour/Saint-Denis/",
    ],
)
def test_an_address_that_is_none(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("need", ["x" * 10_000, "AND OR (", "🙂🙂", "<script>alert(1)</script>", "%00", "'\""])
def test_any_need_is_answered_and_stays_text(client: Client, need: str) -> None:
    written("La forge")
    answer = client.get("/pratiques/pour/", {"besoin": need})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_base_without_a_practice(client: Client) -> None:
    assert "Aucune pratique ne convient" in client.get(f"{FOR_RENNES}education/").content.decode()
    assert "aucune pratique de ce domaine" in client.get("/domaines/education/").content.decode()


def test_pages_that_are_kept_follow_what_is_published(client: Client) -> None:
    addresses = (f"{FOR_RENNES}education/", "/domaines/education/", "/pratiques/alliances/")
    for address in addresses:
        assert "Le rucher" not in client.get(address).content.decode()
    practice = written("Le rucher", domains=["education"], alliance_type="consortium")
    for address in addresses:
        assert "Le rucher" in client.get(address).content.decode(), address
    practice.unpublish()
    for address in addresses:
        assert "Le rucher" not in client.get(address).content.decode(), address


def test_three_clicks_from_a_fragile_domain_to_a_case(client: Client) -> None:
    page = client.get("/territoires/REG-75-nouvelle-aquitaine/").content.decode()
    (first, *_rest) = re.findall(r'href="(/pratiques/pour/REG-75-nouvelle-aquitaine/[^"]+)"', page)
    slug = first.rstrip("/").rsplit("/", 1)[1]
    from odd17.core.kernel import domains  # noqa: PLC0415

    id = next(item.id for item in domains() if item.slug == slug)
    practice = written("Ce qui marche", domains=[id], territories=["REG-75"])
    page = client.get("/territoires/REG-75-nouvelle-aquitaine/").content.decode()
    assert practice.get_absolute_url() in page
    assert practice.get_absolute_url() in client.get(first).content.decode()


def test_a_territory_without_a_fragile_domain_shows_what_is_told_there(client: Client) -> None:
    written("Au village", territories=["COM-15141"])
    written("Ailleurs", territories=["COM-2A004"])
    page = client.get("/territoires/COM-15141-neussargues-moissac/").content.decode()
    section = page.split('id="practices-here"')[1].split("</section>")[0]
    assert "Au village" in section
    assert "Ailleurs" not in section


@pytest.mark.parametrize("territory", ["FR-france", "FRM-france-metropolitaine", "REG-04-la-reunion"])
def test_territories_without_twins_have_their_page(client: Client, territory: str) -> None:
    written("Une école", domains=["education"])
    assert client.get(f"/pratiques/pour/{territory}/education/").status_code == 200


@pytest.fixture
def few_wait(monkeypatch: pytest.MonkeyPatch):
    """Any change of the base is too much for a page to wait for, and is done only when asked."""
    from odd17.web.practices import followed_index  # noqa: PLC0415
    from odd17.web.practices.following import INDEX  # noqa: PLC0415

    monkeypatch.setattr(followed_index, "_AT_ONCE", 0)
    beside: list[None] = []
    monkeypatch.setattr(INDEX, "_beside", lambda: beside.append(None))
    return beside


def test_while_the_index_is_built_that_is_said_and_not_kept(client: Client, few_wait, site_home) -> None:
    from odd17.web.practices.following import follow  # noqa: PLC0415

    client.get("/pratiques/")
    rmtree(site_home / "search" / "practices")
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    practice = model("Practice").objects.create(title="Le rucher", locale=locale, live=True, domains=["education"])
    changed()
    answer = client.get("/pratiques/pour/partout/education/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "se prépare" in answer.content.decode()
    assert "Aucune pratique ne convient" not in answer.content.decode()
    assert "se prépare" in client.get("/domaines/education/").content.decode()
    assert client.get(practice.get_absolute_url()).status_code == 200
    assert few_wait
    follow()
    assert titles(client.get("/pratiques/pour/partout/education/").content.decode()) == ["Le rucher"]
    assert "Le rucher" in client.get("/domaines/education/").content.decode()


def test_a_page_reads_no_more_cases_than_may_be_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from odd17.web.practices import kept_cases  # noqa: PLC0415

    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    model("Practice").objects.bulk_create(
        model("Practice")(title=f"Un jardin {n}", locale=locale, live=True, domains=["sport"], territories=["DEP-35"])
        for n in range(450)
    )
    changed()
    asked: list[int] = []
    read = kept_cases.cases_numbered
    monkeypatch.setattr(kept_cases, "cases_numbered", lambda ids: asked.append(len(ids)) or read(ids))
    page = client.get("/pratiques/pour/DEP-35-ille-et-vilaine/sport/").content.decode()
    assert len(titles(page)) == 20
    assert len(asked) == 1
    assert asked[0] < 300
    client.get("/pratiques/pour/DEP-35-ille-et-vilaine/sport/?page=2")
    assert len(asked) == 1  # kept while nothing changes
    changed()
    client.get("/pratiques/pour/DEP-35-ille-et-vilaine/sport/?page=2")
    assert len(asked) == 2


def test_what_is_undone_is_not_kept() -> None:
    from odd17.web.practices import kept_cases  # noqa: PLC0415

    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    made = model("Practice").objects.create(title="Le rucher", locale=locale, live=True)
    changed()
    with transaction.atomic():
        model("Practice").objects.filter(pk=made.pk).update(title="Autre chose")
        assert [case.title for case in kept_cases.cases_kept([str(made.pk)])] == ["Autre chose"]
        transaction.set_rollback(True)
    assert [case.title for case in kept_cases.cases_kept([str(made.pk), "0"])] == ["Le rucher"]


def test_no_more_is_kept_than_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from odd17.web.practices import kept_cases  # noqa: PLC0415

    monkeypatch.setattr(kept_cases, "MOST", 3)
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    made = [str(model("Practice").objects.create(title=f"Jardin {n}", locale=locale, live=True).pk) for n in range(6)]
    changed()
    for some in (made[:2], made[1:4], made[::-1]):
        assert [case.id for case in kept_cases.cases_kept(some)] == some


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/pratiques/alliances/", ("Contrat d’échange", "Joint-venture sociale", "Co-innovation", "odd17")),
        ("/pratiques/metiers/", ("Dialogue territorial", "Gestion d’un lieu", "Repérer les besoins")),
        ("/pratiques/parcours/", ("Concept", "Zone de risque", "Se compter", "Modèle d’opérateur")),
        ("/en/pratiques/alliances/", ("Exchange contract", "Social joint venture")),
        ("/en/pratiques/metiers/", ("Territorial dialogue",)),
        ("/en/pratiques/parcours/", ("Who pays", "Patronage and networks")),
    ],
)
def test_words_are_explained(client: Client, path: str, words: tuple[str, ...]) -> None:
    page = client.get(path).content.decode()
    for word in words:
        assert word in page


def test_a_word_has_its_practices_the_cited_last(client: Client) -> None:
    written("Citée", alliance_type="consortium", cited=True)
    written("Racontée", alliance_type="consortium")
    page = client.get("/pratiques/alliances/").content.decode()
    article = page.split('id="consortium"')[1].split("</article>")[0]
    assert article.index("Racontée") < article.index("Citée")
    assert "citée, à compléter" in article


def test_a_case_says_what_it_lacks_and_how_sure_it_is(client: Client) -> None:
    practice = written("Le rucher", summary="Des abeilles.", checked=date(2020, 1, 1), sources="ici")
    model("PracticeImpact").objects.create(practice=practice, impact="trust", claim="On se parle.", proof="told")
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "3 des 17 éléments" in page
    assert "Manquent\u202f: le besoin" in page
    assert "depuis 24 mois ou plus" in page
    assert "personne ne l’a compté" in page
    fresh = written("La forge", checked=date(2026, 6, 1))
    assert "depuis 24 mois ou plus" not in client.get(fresh.get_absolute_url()).content.decode()


def test_a_case_shows_those_like_it(client: Client) -> None:
    one = written("Le rucher", domains=["education"], alliance_type="consortium")
    other = written("La ruche", domains=["education"], alliance_type="consortium")
    page = client.get(one.get_absolute_url()).content.decode()
    assert "Pratiques semblables" in page
    assert other.get_absolute_url() in page
    assert "Même type d’alliance\u202f: Consortium" in page


def test_its_history_says_what_changed_and_when_and_nobodys_name(client: Client) -> None:
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    author = get_user_model().objects.create_user("anne-historienne", "anne@example.org")
    practice = written("Le rucher")
    practice.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    practice.summary = "Relu."
    practice.partners.add(model("PracticePartner")(name="Ville"))
    practice.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    practice.title = "Un secret de brouillon"
    practice.save_revision(user=author)
    practice.refresh_from_db()
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "Rendue publique" in page
    assert "Modifié\u202f: résumé, partenaires" in page
    assert "secret" not in page
    assert "anne" not in page.casefold()
    author.delete()
