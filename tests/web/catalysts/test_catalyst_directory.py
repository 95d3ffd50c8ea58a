"""The directory of catalysts: what the report cites, where, and silence that is never taken for absence."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from odd17.store.cited_catalysts import read_cited_catalysts


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return html.unescape(str(response.content.decode())).split("<main")[1].split("</main>")[0]


def test_every_cited_catalyst_has_its_entry_which_says_that_it_is_cited(client: Client) -> None:
    page = body(client, "/catalyseurs/") + body(client, "/catalyseurs/?page=2")
    for one in read_cited_catalysts().catalysts:
        assert one.name in page
        entry = body(client, f"/catalyseurs/{one.id}/")
        assert "à revendiquer" in entry
        assert all(source in entry for source in one.sources)


def test_the_worked_example_shows_eight_third_places_marks_doubt_and_asserts_no_gap(client: Client) -> None:
    """Paris Est Marne & Bois, in the Val-de-Marne."""
    page = body(client, "/catalyseurs/?territoire=DEP-94")
    listed = page.split('id="found"')[1].split("</section>")[0]
    assert "(8)" in listed
    assert listed.count("\u202f?") == 6  # three entries, each perhaps of two trades
    here = page.split('id="coverage"')[1].split('<th scope="row">Val-de-Marne</th>')[1].split("</tr>")[0]
    cells = re.findall(r'<td class="(\w+)" data-head=', here)
    assert cells == ["doubtful", "doubtful", "doubtful", "someone"]
    assert "(8)" in here.rsplit("<td", 1)[1]
    assert 'class="no_one"' not in page


def test_the_worked_example_is_found_by_the_name_of_its_territory_too(client: Client) -> None:
    """An EPT is no territory of the COG: its name stands in what the source says."""
    listed = body(client, "/catalyseurs/?q=Paris Est Marne %26 Bois").split('id="where"')[0]
    assert listed.count('<span class="flagged-word">cité, à revendiquer</span>') == 4
    assert "8 tiers lieux" in listed


def test_the_matrix_of_a_region_says_its_parts_and_what_holds_it(client: Client) -> None:
    matrix = body(client, "/catalyseurs/?territoire=REG-11").split('id="coverage"')[1]
    rows = re.findall(r'<th scope="row">([^<]+)</th>', matrix)
    assert rows[0] == "Île-de-France"
    assert rows[-1] == "France"
    assert {"Paris", "Val-de-Marne", "Seine-Saint-Denis"} <= set(rows)
    assert "ce qui le compose" in matrix
    assert "ce qui le compose" not in body(client, "/catalyseurs/?territoire=DEP-94")


def test_nobody_known_is_no_absence(client: Client) -> None:
    matrix = body(client, "/catalyseurs/").split('id="coverage"')[1]
    assert matrix.count("personne de connu</td>") > 40
    assert 'no_one"' not in matrix


def test_where_nobody_is_known_the_page_leads_more_widely_and_says_how_to_enter(client: Client) -> None:
    page = client.get("/catalyseurs/?territoire=DEP-48").content.decode().split("<main")[1]
    assert "Personne de connu n’y travaille pour l’instant : Lozère" in page
    assert ">Occitanie (1)</a>" in page
    assert ">France (" in page
    assert 'id="where"' not in page  # an empty map would look like an absence
    assert 'class="no_one_known"' in page
    assert "chacun inscrit sa structure" in page
    filtered = client.get("/catalyseurs/?territoire=DEP-48&metier=dialogue-territorial").content.decode()
    assert "Enlevez un des filtres" in filtered
    assert "?metier=dialogue-territorial&amp;territoire=FR" in filtered


def test_a_trade_and_a_territory_narrow_and_the_address_keeps_them(client: Client) -> None:
    every = body(client, "/catalyseurs/")
    some = body(client, "/catalyseurs/?metier=accompagnements")
    slugs = re.findall(r'<option value="([\w-]+)"', every.split('id="metier"')[1].split("</select>")[0])
    assert len(slugs) == 4
    one = body(
        client, f"/catalyseurs/?metier={slugs[0]}&territoire=Bretagne&domaine=emploi&nature=catalyseur&langue=francais"
    )
    assert f'value="{slugs[0]}" selected' in one
    assert 'value="REG-53 Bretagne"' in one
    assert one.count(" selected") == 4
    assert "Ronalpia" in some
    assert "Silver Geek" not in some.split('id="where"')[0]


def test_the_search_of_the_site_finds_entries_too(client: Client) -> None:
    found = body(client, "/recherche/?q=silver").split('id="catalysts-too"')[1]
    assert "/catalyseurs/silver-geek/" in found
    assert "/catalyseurs/?q=silver" in found
    assert 'id="catalysts-too"' not in body(client, "/recherche/?q=zzzzqq")


def test_the_map_counts_and_its_table_says_the_same(client: Client) -> None:
    page = body(client, "/catalyseurs/")
    where = page.split('id="where"')[1].split("</section>")[0]
    assert "<svg" in where
    assert re.search(r'REG-84"[^>]*aria-label="Auvergne-Rhône-Alpes.?: 3"', where)
    assert re.search(r">Auvergne-Rhône-Alpes</a></th><td class=\"number\">3<", where)
    assert "La source ne dit pas où" in where


def test_pages_follow_one_another_and_keep_what_is_asked(client: Client) -> None:
    first = body(client, "/catalyseurs/?langue=francais")
    assert "langue=francais&page=2" in first
    second = body(client, "/catalyseurs/?langue=francais&page=2")
    names = re.findall(r'<li><a href="(/catalyseurs/[\w-]+/)"', first.split('id="where"')[0])
    others = re.findall(r'<li><a href="(/catalyseurs/[\w-]+/)"', second.split('id="where"')[0])
    assert len(names) == 20
    assert not set(names) & set(others)
    assert body(client, "/catalyseurs/?page=999")


def test_the_api_gives_what_the_page_shows(client: Client) -> None:
    found = client.get("/api/v1/catalysts?trade=running_a_place&near=DEP-94").json()
    assert found["catalysts"][0]["id"] == "huit-tiers-lieux"
    assert (found["catalysts"][0]["count"], found["catalysts"][0]["reach"]) == (8, "here")
    one = client.get("/api/v1/catalysts/silver-geek?lang=en").json()
    assert (one["cited"], one["kind"]["name"]) == (True, "Territorial catalyst")
    assert client.get("/api/v1/catalysts?trade=juggling").status_code == 422
    assert client.get("/api/v1/catalysts?near=Nulle-Part").status_code == 404
    assert client.get("/api/v1/catalysts/nobody").status_code == 404


@pytest.mark.parametrize("path", ["/territoires/DEP-94-val-de-marne/", "/territoires/REG-94-corse/"])
def test_the_page_of_a_territory_says_who_is_there(client: Client, path: str) -> None:
    here = body(client, path).split('id="catalysts-here"')[1].split("</section>")[0]
    assert ("8 tiers lieux" in here) == ("94-val" in path)
    assert "/catalyseurs/?territoire=" in here


@pytest.mark.parametrize("name", ["Nulle-Part-sur-Rien", "<script>alert(1)</script>"])
def test_a_name_that_is_no_territory_is_said(client: Client, name: str) -> None:
    reply = client.get("/catalyseurs/", {"territoire": name})
    assert reply.status_code == 422
    assert "<script>alert" not in reply.content.decode()


def test_a_code_of_several_territories_leads_to_each_with_what_was_asked(client: Client) -> None:
    page = body(client, "/catalyseurs/?territoire=94&metier=accompagnements", 422)
    problem = page.split('id="problem"')[1].split("</div>")[0]
    for id in ("DEP-94", "REG-94"):
        assert f'href="/catalyseurs/?metier=accompagnements&territoire={id}"' in problem


def test_a_name_of_before_leads_to_the_territories_of_today(client: Client) -> None:
    page = client.get("/catalyseurs/?territoire=69159").content.decode()
    assert "COM-69114 Porte des Pierres Dorées" in page
    answer = client.get("/catalyseurs/?territoire=Limousin&metier=accompagnements")
    assert answer.status_code == 422
    for code in ("19", "23", "87"):
        assert f"?metier=accompagnements&amp;territoire=DEP-{code}" in answer.content.decode()


def test_an_entry_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/catalyseurs/nobody/").status_code == 404


def test_it_stands_in_english_too(client: Client) -> None:
    assert "Territorial catalysts" in body(client, "/en/catalyseurs/")
