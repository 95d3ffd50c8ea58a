"""“Regards croisés” on a territory's page: whole with a study, plainly absent without one."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

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
    assert section.count('<tr><th scope="row">') == 16
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
