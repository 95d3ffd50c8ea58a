"""Whatever is made of a release of made-up studies says so; what is made of a real one never does."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from odd17.core.kernel import FICTITIOUS_DATA
from odd17.publishing.charts import svg
from odd17.publishing.charts.drawings import DomainProfile, DomainRanks, ProfileRow, RankRow
from odd17.publishing.charts.profile import profile_svg
from odd17.publishing.charts.ranks import ranks_svg
from odd17.publishing.exports import Column, Table, french_csv, strict_csv, xlsx
from odd17.publishing.watermark import IN_BOTH, watermark

REAL, MADE_UP = "2026-02-18-0a1b2c3d", "2026-02-18-0a1b2c3d-fictitious"


@pytest.mark.parametrize(("language", "words"), [("fr", "Données fictives"), ("en", "Fictitious data")])
def test_the_words_are_those_of_the_reader(language: str, words: str) -> None:
    assert watermark(MADE_UP, language) == words
    assert watermark(REAL, language) is None


def table(release: str) -> Table:
    return Table(
        "t", "A table", (Column("place", "Place"),), (("Bretagne",), ("Corse",)), ("A note",), release, "D", "N"
    )


def test_every_row_of_a_file_says_so() -> None:
    lines = strict_csv(table(MADE_UP)).decode().split("\r\n")
    assert lines[:3] == ["fictitious,place", f"{IN_BOTH},Bretagne", f"{IN_BOTH},Corse"]
    assert french_csv(table(MADE_UP)).decode("utf-8-sig").startswith(f"{IN_BOTH};Place\r\n{IN_BOTH};Bretagne")


def test_a_workbook_says_so_on_both_sheets() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(table(MADE_UP)))) as book:
        text = book.read("xl/sharedStrings.xml").decode()
        assert FICTITIOUS_DATA.fr in text
        assert f"{IN_BOTH} · A table" in text


def test_a_real_file_does_not() -> None:
    for write in (strict_csv, french_csv):
        assert FICTITIOUS_DATA.fr not in write(table(REAL)).decode()
    with zipfile.ZipFile(io.BytesIO(xlsx(table(REAL)))) as book:
        assert FICTITIOUS_DATA.fr not in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("words", ["Données fictives", None])
def test_a_drawing_says_so_to_the_eye_and_in_its_name(words: str | None) -> None:
    rows = (ProfileRow("Emploi", "Économie", 50.0, "50 · 3rd"),)
    ranked = (RankRow("Emploi", "Économie", 3, 2, 5, 13, "3rd"),)
    drawn = [
        profile_svg(DomainProfile("p", "Profile", "Bretagne", "score", "", rows, watermark=words)),
        ranks_svg(DomainRanks("r", "Ranks", "rank", ("last", "1"), "bar", ranked, watermark=words)),
    ]
    for source in drawn:
        root = ET.fromstring(source)  # noqa: S314 - a drawing of our own
        seen = [element.text for element in root.iter(svg.name("text"))]
        assert ("Données fictives" in seen) is (words is not None)
        assert ("Données fictives" in root.attrib["aria-label"]) is (words is not None)
        assert "Données fictives" in svg.for_print(source) or words is None
