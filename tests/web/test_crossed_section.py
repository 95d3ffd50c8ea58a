"""“Regards croisés” on a territory's page: whole with a study, plainly absent without one."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from django.test import Client

from odd17.publishing.crossing_words import probability
from odd17.store.releases import Release
from odd17.workflows.demonstration import build_demonstration

PAGE = "/territoires/REG-53-bretagne/"


@pytest.fixture(scope="module")
def demonstration(site_home: Path) -> Iterator[Release]:
    """The demonstration beside the real release."""
    yield build_demonstration(site_home)
    shutil.rmtree(site_home / "demonstration")


def _section(client: Client, address: str) -> str:
    text = client.get(address).content.decode()
    (section,) = re.findall(r'<section class="block[^"]*" aria-labelledby="crossed">.*?</section>', text, re.DOTALL)
    return html.unescape(str(section))


def test_without_a_study_it_says_so_and_leads_to_the_same_page_of_the_demonstration(client: Client) -> None:
    section = _section(client, PAGE)
    assert "Aucune étude ouverte" in section
    assert f'href="/demonstration{PAGE}#crossed"' in section
    assert "<svg" not in section
    assert f'href="/demonstration/en{PAGE}#crossed"' in _section(client, f"/en{PAGE}")


def test_both_charts_their_table_and_their_files(client: Client, demonstration: Release) -> None:
    section = _section(client, f"/demonstration{PAGE}")
    assert section.count("<svg") == 4  # gaps and quadrants, each for a wide and for a narrow screen
    assert section.count("Données fictives") >= 4
    table = section.split('id="crossed-table"')[1].split("</table>")[0]
    assert table.count('<tr><th scope="row">') == 16
    for file in ("ecarts/REG-53/2025.svg", "ecarts/REG-53/2025.png", "quadrants/REG-53/citoyens.svg"):
        assert f'href="/demonstration/fichiers/{file}"' in section
    for format in ("csv", "tableur-fr", "xlsx"):
        assert f'href="/demonstration/fichiers/croisements/REG-53/{format}"' in section


def test_every_study_is_cited_in_full(client: Client, demonstration: Release) -> None:
    section = _section(client, f"/demonstration{PAGE}")
    shown = [study for study in demonstration.studies.values() if study.period.startswith("2025")]
    assert shown
    for study in shown:
        assert section.count(study.mention) >= 2  # where it is told who was asked, and under the figures


def test_links_switch_the_actor_without_javascript(client: Client, demonstration: Release) -> None:
    section = _section(client, f"/demonstration{PAGE}?acteur=entreprises")
    assert re.search(r'href="\?acteur=entreprises#quadrants" aria-current="true"', section)
    assert section.count('aria-current="true"') == 1
    assert "selon : Entreprises" in section.replace("\u202f", " ").replace("\xa0", " ")
    unknown = _section(client, f"/demonstration{PAGE}?acteur=personne")
    assert 'href="?acteur=citoyens#quadrants" aria-current="true"' in unknown


def test_priorities_have_reasons_and_what_would_change_them(client: Client, demonstration: Release) -> None:
    section = _section(client, f"/demonstration{PAGE}")
    assert section.count("Priorité ") >= 16
    assert "Ce qui le changerait" in section
    assert "ngle mort" in section


def test_in_english_nothing_stays_french(client: Client, demonstration: Release) -> None:
    section = _section(client, f"/demonstration/en{PAGE}")
    for words in ("Crossed views", "Four quadrants", "Who was asked?", "What would change it", "Judge it fragile"):
        assert words in section
    for words in ("Priorité", "rang ", "Citoyens", "effectif"):
        assert words not in re.sub(r"<li>Données fictives.*?</li>|<p class=\"quiet\">.*?</p>", "", section)


@pytest.mark.parametrize("extension", ["svg", "png"])
@pytest.mark.parametrize("file", ["ecarts/REG-53/2025", "quadrants/REG-53/associations"])
def test_charts_are_taken_away_with_their_mentions(
    client: Client, demonstration: Release, file: str, extension: str
) -> None:
    answer = client.get(f"/demonstration/fichiers/{file}.{extension}")
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if extension == "png":
        assert body.startswith(b"\x89PNG")
    else:
        words = re.sub(r"<[^>]+>", " ", body.decode())
        assert "Données fictives" in words
        assert demonstration.id in words


@pytest.mark.parametrize(
    "file", ["ecarts/REG-53/1999.svg", "ecarts/REG-53/2025.gif", "ecarts/REG-99/2025.svg", "quadrants/REG-53/x.svg"]
)
def test_no_such_chart(client: Client, demonstration: Release, file: str) -> None:
    assert client.get(f"/demonstration/fichiers/{file}").status_code == 404


def test_a_real_release_has_no_such_chart(client: Client) -> None:
    assert client.get("/fichiers/ecarts/REG-53/2025.svg").status_code == 404
    assert client.get("/fichiers/quadrants/REG-53/citoyens.svg").status_code == 404


@pytest.mark.parametrize("page", [PAGE, "/domaines/culture/"])
def test_all_four_probabilities_are_on_the_page(client: Client, demonstration: Release, page: str) -> None:
    section = _section(client, f"/demonstration{page}")
    table = section.split('aria-labelledby="chances"')[1].split("</table>")[0]
    heads = re.findall(r'<th scope="col" class="number">([^<]+)</th>', table)
    assert heads == ["Priorité partagée", "Sous le radar", "Inquiétude", "Atout"]
    told = demonstration.crossings(peer_set="REG-metropolitan", actors=["citizens"]).filter(
        pl.col("territory" if page == PAGE else "domain") == ("REG-53" if page == PAGE else "culture"),
        pl.col("p_asset").is_not_null(),
    )
    rows = [re.findall(r"<td[^>]*>([^<]+)</td>", row) for row in table.split("<tbody>")[1].split("</tr>")[:-1]]
    four = ("p_shared_priority", "p_under_the_radar", "p_worry", "p_asset")
    expected = [[probability(row[name], "fr") for name in four] for row in told.iter_rows(named=True)]
    assert sorted(rows) == sorted(expected)
    assert rows


def test_a_share_of_few_is_flagged_where_it_is_shown(client: Client, demonstration: Release) -> None:
    page = html.unescape(client.get("/demonstration/acteurs/elus-locaux/?territoire=REG-94").content.decode())
    rows = demonstration.perceptions(territories=["REG-94"], actors=["elected_officials"], measure="fragile")
    newest = rows.filter(pl.col("period") == rows["period"].max())
    table = page.split('aria-labelledby="seen"')[2].split("</table>")[0]
    few = newest.filter(pl.col("status") == "U").height
    assert few > 0
    assert (
        len(re.findall(r'data-head="Le jugent fragile">[^<]*<span class="flag">fiabilité faible</span>', table)) == few
    )
    assert (
        len(re.findall(r'data-head="En font une priorité">[^<]*<span class="flag">[^<]*</span> <small>n = ', table)) > 0
    )
