"""« Par où commencer ? » and the reading thread, as a reader who is signed out meets them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from odd17.core.resources.orientation import audiences, cells, maturities, objectives, orientation
from odd17.core.resources.spine import SpineStep, goal_17_levers, relations, spine

Practised = Callable[..., None]


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return html.unescape(str(response.content.decode())).split("<main")[1].split("</main>")[0]


@pytest.fixture
def practice(site_home: object) -> Iterator[Practised]:
    """Publishes a practice, for this test alone."""
    from odd17.web.practices.version import practices_changed  # noqa: PLC0415 - reads models, which exist only now

    made: list[Any] = []

    def published(**values: object) -> None:
        now = datetime(2026, 3, 1, tzinfo=UTC)
        given = {"live": True, "first_published_at": now, "last_published_at": now, **values}
        locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
        made.append(apps.get_model("practices", "Practice").objects.create(locale=locale, **given))
        practices_changed()

    yield published
    for one in made:
        one.delete()
    practices_changed()


def test_every_combination_gives_the_three_cells_of_its_audience_in_order(client: Client) -> None:
    for who, aim, reached in product(audiences(), (None, *objectives()), (None, *maturities())):
        said = {"profil": who, "but": aim, "etape": reached}
        query = "&".join(f"{name}={one.slug}" for name, one in said.items() if one is not None)
        page = body(client, f"/par-ou-commencer/?{query}")
        told = [placed.cell.text.fr for placed in orientation(who.id, aim and aim.id, reached and reached.id)]
        places = [page.index(text) for text in told]
        assert places == sorted(places)
        answers = page.split("<article")[1:]
        assert len(answers) == 3
        assert all('href="' in answer.split("</article>")[0] for answer in answers)
        assert ("car vous avez dit" in page) == (aim is not None or reached is not None)


def test_the_reason_of_the_order_is_said(client: Client) -> None:
    page = body(client, "/par-ou-commencer/?profil=territoires&but=agir&etape=decouverte")
    assert "En premier, car vous avez dit\u202f: «\xa0Agir dès maintenant\xa0»." in page
    assert "Ensuite, car vous avez dit\u202f: «\xa0Nous découvrons le sujet\xa0»." in page


def test_the_address_keeps_the_answer_and_the_form_shows_it(client: Client) -> None:
    page = body(client, "/par-ou-commencer/?profil=organisations&but=agir")
    assert page.count("checked") == 2
    assert "checked" not in body(client, "/par-ou-commencer/")
    assert "<article" not in body(client, "/par-ou-commencer/")


def test_a_territory_brings_its_own_priorities(client: Client) -> None:
    page = body(client, "/par-ou-commencer/?profil=territoires&territoire=Bretagne")
    known = page.split('id="known"')[1]
    assert "Ce que la plateforme sait de\u202f: Bretagne" in known
    assert "/domaines/" in known
    assert "/territoires/REG-53-bretagne" in known
    assert "/pratiques/pour/REG-53/" in known
    assert "/catalyseurs/?territoire=REG-53" in known
    assert "Ce que la plateforme sait" not in body(client, "/par-ou-commencer/?profil=territoires")


def test_who_works_there_and_what_others_tried_come_with_the_territory(client: Client, practice: Practised) -> None:
    path = "/par-ou-commencer/?profil=collectivites&territoire=Val-de-Marne"
    assert "Une cantine partagée" not in body(client, path)
    practice(title="Une cantine partagée", territories=["DEP-94"])
    page = body(client, path)
    assert "Ceux qui viennent en tête autour\u202f: Île-de-France" in page.split('id="known-practices"')[0]
    assert "Une cantine partagée" in page.split('id="known-practices"')[1].split('id="known-catalysts"')[0]
    assert "Vitavin" in page.split('id="known-catalysts"')[1]


def test_practices_come_by_priority_each_once_with_why(client: Client, practice: Practised) -> None:
    practice(title="Une piscine", domains=["sport"], territories=["REG-53"])
    practice(title="Un orchestre", domains=["culture"], territories=["REG-53"])
    practice(title="Une chorale", domains=["culture"])
    page = body(client, "/par-ou-commencer/?profil=territoires&territoire=REG-53").split('id="known-practices"')[1]
    assert "Même domaine\u202f: Culture" in page
    assert page.index("Un orchestre") < page.index("Une chorale")
    assert page.count("Un orchestre") == 1


@pytest.mark.parametrize("who", [audience.slug for audience in audiences()])
def test_each_cell_leads_somewhere_on_the_platform(client: Client, who: str) -> None:
    page = body(client, f"/par-ou-commencer/?profil={who}")
    for cell in page.split("<article")[1:]:
        (address, *_others) = re.findall(r'<a href="([^"]+)"', cell.split("</article>")[0])
        assert client.get(address.partition("#")[0]).status_code == 200


@pytest.mark.parametrize("name", ["Nulle-Part-sur-Rien", "75", "<script>alert(1)</script>"])
def test_a_name_that_is_no_single_territory_is_said_with_what_it_may_mean(client: Client, name: str) -> None:
    response = client.get("/par-ou-commencer/", {"profil": "territoires", "territoire": name})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in page
    assert "<script>alert" not in page


def test_each_territory_that_a_name_may_mean_is_one_click_away_and_the_rest_is_kept(client: Client) -> None:
    asked = {"profil": "territoires", "but": "agir", "territoire": "Saint-Aubin"}
    page = html.unescape(client.get("/par-ou-commencer/", asked).content.decode())
    assert "Dites où, et vous verrez aussi" not in page  # it was said where
    links = re.findall(r'href="(\?[^"]*territoire=COM-[^"]*)"', page)
    assert len(links) > 1
    answered = body(client, f"/par-ou-commencer/{links[0]}")
    assert answered.count("<article") == 3
    assert "Agir dès maintenant" in answered
    assert "Ce que la plateforme sait de\u202f: Saint-Aubin" in answered


@pytest.mark.parametrize("query", ["?profil=personne", "?profil=&but=%00", "?but=agir", "?profil=a&profil=b"])
def test_what_is_not_known_is_left_out(client: Client, query: str) -> None:
    assert "<article" not in body(client, f"/par-ou-commencer/{query}")


@pytest.mark.parametrize("query", ["?but=agir", "?territoire=Bretagne", "?etape=essai"])
def test_who_does_not_say_who_they_are_is_asked(client: Client, query: str) -> None:
    assert "Dites d’abord qui vous êtes" in body(client, f"/par-ou-commencer/{query}")
    assert "Dites d’abord qui vous êtes" not in body(client, "/par-ou-commencer/")
    assert "Dites d’abord qui vous êtes" not in body(client, f"/par-ou-commencer/{query}&profil=territoires")


def test_it_stands_in_english_too(client: Client) -> None:
    page = body(client, "/en/par-ou-commencer/?profil=collectivites&but=agir")
    assert all(cell.text.en in page for cell in cells("local_authorities"))
    assert "First, since you said: “Act now”." in page


def test_the_thread_is_walked_both_ways(client: Client) -> None:
    steps = spine()
    whole = body(client, "/fil/")
    for step in steps:
        assert f"/fil/{step.slug}/" in whole
        page = body(client, f"/fil/{step.slug}/")
        assert step.text.fr in page
        assert all(reading.title in page for reading in step.reading)
        assert ('rel="prev"' in page) == (step.place > 1)
        assert ('rel="next"' in page) == (step.place < len(steps))
    assert all(one.name.fr in whole and one.text.fr in whole for one in relations())
    assert [one.name.fr for one in relations()] == ["Conflits", "Dialogues", "Alliances"]
    assert len(goal_17_levers()) == 4
    assert all(one.name.fr in whole for one in goal_17_levers())


def test_both_ends_of_the_thread_are_a_beginning_and_each_link_leads_on(client: Client) -> None:
    page = body(client, "/fil/").split("<ol")[0]
    for start, rel in ((spine()[0], "next"), (spine()[-1], "prev")):
        path = f"/fil/{start.slug}/"
        assert f'href="{path}"' in page
        walked = [path]
        while found := re.search(rf'href="([^"]+)" rel="{rel}"', body(client, path)):
            path = found[1]
            walked.append(path)
        assert len(walked) == len(set(walked)) == 8


@pytest.mark.parametrize("step", spine(), ids=lambda step: step.slug)
def test_each_step_has_its_figures_and_its_cases(client: Client, step: SpineStep, practice: Practised) -> None:
    values = {name: value[0] for name, value in step.cases.items()}
    column = {"type": "alliance_type", "famille": "alliance_type", "metier": "trade"}
    given = {column[name]: value for name, value in values.items() if name in column}
    if "famille" in values:
        given = {"alliance_type": "co_innovation"}
    practice(title=f"Une alliance pour {values.get('q', 'tous')}", **given)
    page = body(client, f"/fil/{step.slug}/")
    assert "Une alliance pour" in page.split('id="cases"')[1].split("</section>")[0]
    assert 'href="/pratiques/?' in page.split('id="cases"')[1]
    figures = page.split('id="figures"')[1].split("</section>")[0]
    assert "<table" in figures or "aucune ne le dit encore" in figures
    for address in set(re.findall(r'href="(/[^"]+)"', figures)):
        assert client.get(address).status_code == 200


def test_an_unknown_step_is_not_found(client: Client) -> None:
    assert client.get("/fil/nulle-part/").status_code == 404
