"""Eyes and figures over the country, by domain and by group: with made-up studies, and without any."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from odd17.core.kernel import actors, domains
from odd17.publishing.charts.palette import FRAGILITY, GAPS, contrast
from odd17.store.releases import Release
from odd17.workflows.crossing import METROPOLITAN, actor_crossing, domain_crossing, peer_crossing
from odd17.workflows.demonstration import build_demonstration

INSIDE = "/demonstration"


@pytest.fixture(scope="module")
def demonstration(site_home: Path) -> Iterator[Release]:
    """The demonstration beside the real release."""
    yield build_demonstration(site_home)
    shutil.rmtree(site_home / "demonstration")


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return html.unescape(str(response.content.decode())).split("<main")[1].split("</main>")[0]


def test_without_a_study_the_figures_stand_alone_and_the_demonstration_is_named(client: Client) -> None:
    page = body(client, "/regards/")
    assert page.count('scope="row"') == 16
    assert page.count('<a href="?vue=') == 1
    assert "Aucune étude ouverte" in page
    assert 'href="/demonstration/regards/"' in page
    for actor in actors():
        told = body(client, f"/acteurs/{actor.slug}/")
        assert "n’est pas disponible" in told
        assert f'href="/demonstration/acteurs/{actor.slug}/"' in told
        assert not re.search(r"\d %", told)
    assert 'href="/demonstration/domaines/culture/#crossed"' in body(client, "/domaines/culture/")


def test_the_systemic_view_has_each_number_and_says_why_a_cell_is_empty(client: Client, demonstration: Release) -> None:
    found = peer_crossing(demonstration, METROPOLITAN)
    page = body(client, f"{INSIDE}/regards/?vue=ecart-citoyens")
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    gaps = [view.gap for row in found.rows if (view := row.view("citizens")) is not None]
    assert len(re.findall(r'<td class="s[0-4]">', table)) == len([gap for gap in gaps if gap is not None])
    assert table.count('<td class="none">') == 16 * 13 - len([gap for gap in gaps if gap is not None])
    assert "pas de rang selon les chiffres" in table


@pytest.mark.parametrize("sight", ["chiffres", "citoyens", "ecart-entreprises", "nothing", "<script>"])
def test_each_sight_is_an_address(client: Client, demonstration: Release, sight: str) -> None:
    page = body(client, f"{INSIDE}/regards/?vue={sight}")
    assert page.count('aria-current="true"') == 1
    assert "<script>" not in page


def test_a_gap_that_cannot_be_told_from_none_is_pale(client: Client, demonstration: Release) -> None:
    found = peer_crossing(demonstration, METROPOLITAN)
    pale = sum(
        view.gap.low <= 0 <= view.gap.high
        for row in found.rows
        if (view := row.view("citizens")) is not None and view.gap is not None
    )
    page = body(client, f"{INSIDE}/regards/?vue=ecart-citoyens")
    assert page.count('<td class="s2">') == pale


@pytest.mark.parametrize(("table", "shades"), [(".heat", FRAGILITY), (".heat.diverging", GAPS)])
def test_the_page_has_the_shades_of_the_drawing_and_its_numbers_are_read_on_them(
    table: str, shades: tuple[str, ...]
) -> None:
    sheet = Path(str(finders.find("odd17/odd17.css"))).read_text(encoding="utf-8")
    rule = rf"(?<!\S){re.escape(table)} \.s(\d) {{ background: (#\w+); color: (#\w+); }}"
    found = re.findall(rule, sheet)
    assert [(int(place), shade) for place, shade, _ink in found] == list(enumerate(shades))
    inks = {"#fff": "#ffffff"}
    assert all(contrast(shade, inks.get(ink, ink)) >= 4.5 for _place, shade, ink in found)


def test_a_domain_tells_in_which_regions_eyes_part_most(client: Client, demonstration: Release) -> None:
    page = body(client, f"{INSIDE}/domaines/culture/?acteur=elus-locaux")
    rows = page.split('id="crossed-table"')[1].split("<tbody>")[1].split("</tbody>")[0]
    found = domain_crossing(demonstration, "culture", METROPOLITAN, actor="elected_officials").rows
    places = [rows.index(row.territory.name) for row in found if row.view("elected_officials") is not None]
    assert places == sorted(places)
    assert "<svg" in page
    assert "Données fictives" in page


def test_an_actor_page_has_shares_with_intervals_levers_and_who_was_asked(
    client: Client, demonstration: Release
) -> None:
    found = actor_crossing(demonstration, "citizens")
    page = body(client, f"{INSIDE}/acteurs/citoyens/")
    assert page.count('scope="row"') == len(found.domains) + len(found.levers) + len(found.items)
    assert all(study.mention in page for study in found.studies)
    assert "Kendall" in page
    assert re.search(r"\d+\s%\s\[\d+–\d+\]", page)
    narrowed = body(client, f"{INSIDE}/acteurs/citoyens/?territoire=REG-53")
    assert "Ce qu’ils voient" in narrowed
    assert "selected>Bretagne" in narrowed


@pytest.mark.parametrize("path", ["/acteurs/personne/", "/acteurs/citoyens/?territoire=NOWHERE"])
def test_what_is_not_there_is_not_found(client: Client, demonstration: Release, path: str) -> None:
    assert client.get(f"{INSIDE}{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/fichiers/vue-systemique/ecart-citoyens.svg",
        "/fichiers/vue-systemique/chiffres.svg",
        f"/fichiers/ecarts-par-domaine/culture/{METROPOLITAN}/2025.svg",
        "/fichiers/ecarts/REG-53/2025.svg",
        "/fichiers/quadrants/REG-53/citoyens.svg",
    ],
)
def test_drawings_are_taken_away_with_their_mark(client: Client, demonstration: Release, path: str) -> None:
    drawn = client.get(f"{INSIDE}{path}")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert "Données fictives" in drawn.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/fichiers/vue-systemique/nothing.svg",
        f"/fichiers/ecarts-par-domaine/nothing/{METROPOLITAN}/2025.svg",
        f"/fichiers/ecarts-par-domaine/culture/{METROPOLITAN}/1999.svg",
        "/fichiers/ecarts/NOWHERE/2025.svg",
        "/fichiers/quadrants/REG-53/personne.svg",
        "/fichiers/quadrants/REG-53/citoyens.exe",
    ],
)
def test_a_drawing_that_is_not_there_is_not_found(client: Client, demonstration: Release, path: str) -> None:
    assert client.get(f"{INSIDE}{path}").status_code == 404


def test_they_stand_in_english_too(client: Client, demonstration: Release) -> None:
    assert "Eyes and figures" in body(client, f"{INSIDE}/en/regards/?vue=ecart-citoyens")
    assert "The three levers" in body(client, f"{INSIDE}/en/acteurs/citoyens/")
    assert domains()[0].name.en in body(client, "/en/regards/")


def test_what_a_group_sees_is_drawn_beside_its_tables(client: Client, demonstration: Release) -> None:
    page = body(client, f"{INSIDE}/acteurs/elus-locaux/")
    for subject, table in (("fragile", "seen-table"), ("levers", "levers-table")):
        assert f'id="{table}"' in page
        assert f'href="#{table}"' in page
        for kind in ("svg", "png"):
            assert f'href="{INSIDE}/fichiers/parts/elus-locaux/FRM/{subject}.{kind}"' in page
    assert page.count("<svg") >= 4  # each for a wide and for a narrow screen
    answer = client.get(f"{INSIDE}/fichiers/parts/elus-locaux/FRM/fragile.svg")
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    assert "tirée au sort par odd17" in text
    assert demonstration.id in text


@pytest.mark.parametrize(
    "file",
    ["personne/FRM/fragile.svg", "elus-locaux/REG-99/fragile.svg", "elus-locaux/FRM/x.svg", "citoyens/FRM/fragile.gif"],
)
def test_no_such_drawing_of_shares(client: Client, demonstration: Release, file: str) -> None:
    assert client.get(f"{INSIDE}/fichiers/parts/{file}").status_code == 404


def test_a_real_release_has_no_drawing_of_shares(client: Client) -> None:
    assert client.get("/fichiers/parts/elus-locaux/FRM/fragile.svg").status_code == 404


@pytest.mark.parametrize("path", ["/regards/", "/domaines/culture/", "/territoires/REG-53-bretagne/"])
def test_what_an_interval_is_and_why_a_figure_is_missing_is_answered_where_it_is_asked(
    client: Client, demonstration: Release, path: str
) -> None:
    page = body(client, f"{INSIDE}{path}")
    assert "Qu’est-ce que cet intervalle" in page
    assert "Qui a été interrogé" in page


def test_each_cell_of_what_is_seen_says_how_many_answered(client: Client, demonstration: Release) -> None:
    page = body(client, f"{INSIDE}/regards/?vue=elus-locaux")
    told = demonstration.crossings(peer_set=METROPOLITAN, actors=["elected_officials"])
    told = told.filter(told["rank"].is_not_null())
    assert page.count("<small>n = ") == told.height
    assert len(re.findall(r"<small>n = \d+\*</small>", page)) == told.filter(told["status"] == "U").height > 0
    assert "fiabilité faible" in page
    assert "<small>n = " not in body(client, f"{INSIDE}/regards/")
