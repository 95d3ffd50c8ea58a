"""Every page that shows a figure says where it comes from, how old it is and what its status says."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from odd17.store.releases import Release
from odd17.workflows.demonstration import build_demonstration
from odd17.workflows.diagnose import diagnose
from odd17.workflows.releases import current_release

REPORT = "Etude IMPACT - Territoires – Comis-Le RAMEAU pour l'Observatoire des partenariats ; Octobre 2019"


@pytest.fixture(scope="module")
def demonstration(site_home: Path) -> Iterator[Release]:
    """The demonstration beside the real release."""
    yield build_demonstration(site_home)
    shutil.rmtree(site_home / "demonstration")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    "address",
    [
        "/territoires/REG-53-bretagne/",
        "/domaines/culture/",
        "/cartes/REG/culture/",
        "/cartes/REG/culture_2018/",
        "/comparer/?t=REG-53&t=REG-52",
        "/et-si/",
    ],
)
def test_a_page_of_figures_lists_its_sources(client: Client, address: str) -> None:
    section = page(client, address).split('<h2 id="sources">')[1].split("</section>")[0]
    assert REPORT in section
    assert "Licence" in section


def test_a_profile_has_its_sources_too(client: Client) -> None:
    shown = page(client, "/territoires/COM-35238-rennes/").split('<h2 id="sources">')[1].split("</section>")[0]
    profile = diagnose(current_release(), "COM-35238").profile
    sources = {item.source.citation for item in profile if item.source is not None}
    assert sources
    assert all(citation in shown for citation in sources)


def test_the_ranks_of_the_systemic_view_cite_their_figures(client: Client, demonstration: Release) -> None:
    assert REPORT in page(client, "/regards/")
    assert REPORT in page(client, "/demonstration/regards/?vue=ecart-citoyens")


def test_a_column_of_a_domain_says_its_status_and_its_age(client: Client) -> None:
    heads = page(client, "/domaines/culture/").split('id="ranking-table"')[1].split("</thead>")[0]
    assert re.findall(r'<span class="flag"[^>]*>([^<]+)</span>', heads) == [
        "transcrit, non vérifié",
        "chiffre ancien (7 ans)",
    ]


def test_the_table_of_a_map_says_the_status_of_each_figure(client: Client) -> None:
    table = page(client, "/cartes/REG/culture_2018/").split('id="list"')[1].split("</table>")[0]
    rows = [row for row in table.split("<tr>") if re.search(r"pour 1\s000", row)]
    assert len(rows) >= 13
    assert all("transcrit, non vérifié" in row for row in rows)


def test_each_figure_of_a_ranking_taken_away_has_its_period_and_status(client: Client) -> None:
    answer = client.get("/fichiers/classements/culture/REG-metropolitan/csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert len(rows) == 13
    assert {(row["culture_2018_period"], row["culture_2018_status"]) for row in rows} == {("2018", "V")}


def test_each_line_of_a_territory_taken_away_cites_its_source(client: Client) -> None:
    answer = client.get("/fichiers/diagnostics/REG-53/csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    uncited = [row for row in rows if row["value"] and not row["citation"]]
    assert uncited == []
