"""The report: accessible, the same figures as the diagnosis, in both languages, and whole or not at all."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from odd17.core.diagnosis.reading import Diagnosis
from odd17.core.kernel import UnknownTerritory, UsageError
from odd17.core.territories.levels import Level
from odd17.publishing import format
from odd17.store.releases import Release
from odd17.workflows.diagnose import diagnose
from odd17.workflows.report import build_report, build_reports


def text_of(pdf: bytes) -> str:
    """All the words of the PDF, without any space: where lines break is not the figures' business."""
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def squeezed(text: str) -> str:
    # the typesetter joins letters (ff, fi), which are told apart again here
    for joined, letters in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(joined, letters)
    return re.sub(r"[\s\u00a0\u202f]+", "", text)


def figures(diagnosis: Diagnosis, language: str) -> list[str]:
    """Every score, rank, figure and comparison as the pages write them."""
    shown = [format.profile_value(item, language) for item in diagnosis.profile]
    for reading in diagnosis.domains:
        if reading.score.rank is not None:
            shown.append(format.score(reading.score.estimate, language))
            shown.append(format.rank(reading.score.rank, language))
        for figure in reading.figures:
            estimates = [figure.estimate, *(item.estimate for item in figure.comparisons)]
            indicator = figure.indicator
            shown += [
                format.estimate(item, indicator.unit, language, decimals=indicator.decimals) for item in estimates
            ]
    return shown


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("territory", ["REG-53", "EPCI-243500139", "COM-35238", "FRM"])
def test_it_says_the_figures_of_the_diagnosis(
    fictional_release: Release, tmp_path: Path, territory: str, language: str
) -> None:
    text = text_of(build_report(fictional_release, territory, language, home=tmp_path))
    found = diagnose(fictional_release, territory)
    for figure in figures(found, language):
        assert squeezed(figure) in text
    for reading in found.domains:
        assert squeezed(reading.domain.name.in_language(language)) in text
        for shown in reading.figures:
            assert squeezed(shown.indicator.source.citation) in text
    assert fictional_release.id in text


def test_it_is_tagged_titled_and_in_its_language(shipped_release: Release, tmp_path: Path) -> None:
    for language in ("fr", "en"):
        reader = pypdf.PdfReader(io.BytesIO(build_report(shipped_release, "REG-53", language, home=tmp_path)))
        root = reader.trailer["/Root"]
        assert bool(root["/MarkInfo"]["/Marked"])
        assert "/StructTreeRoot" in root
        assert root["/Lang"].startswith(language)
        assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        assert "Bretagne" in str(reader.metadata and reader.metadata.title)
        assert b"pdfuaid" in root["/Metadata"].get_data()


def test_it_says_what_is_missing_and_why(shipped_release: Release, tmp_path: Path) -> None:
    text = text_of(build_report(shipped_release, "REG-53", "fr", home=tmp_path))
    assert squeezed("Ce qui manque, et pourquoi") in text
    assert squeezed("6 des 16 domaines ont un score") in text
    assert squeezed("Transcrit d’un tableau imprimé, non vérifié auprès de sa source.") in text
    without = text_of(build_report(shipped_release, "COM-35238", "en", home=tmp_path))
    assert squeezed("No domain has a score for this territory") in without


def test_the_same_release_gives_the_same_bytes(shipped_release: Release, tmp_path: Path) -> None:
    first, second = (build_report(shipped_release, "REG-11", "fr", home=tmp_path / name) for name in "ab")
    assert first == second


def test_fonts_are_those_shipped(shipped_release: Release, tmp_path: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(build_report(shipped_release, "REG-53", "fr", home=tmp_path)))
    names = {str(font["/BaseFont"]) for page in reader.pages for font in fonts_of(page)}
    assert names
    assert all("SourceSansPro" in name or "LibertinusSerif" in name for name in names), names


def fonts_of(page: pypdf.PageObject) -> list[pypdf.generic.DictionaryObject]:
    found = page["/Resources"].get_object().get("/Font", {}).get_object()
    return [font.get_object() for font in found.values()]


def test_a_level_is_written_with_its_progress(shipped_release: Release, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    paths = build_reports(
        shipped_release,
        Level.REGION,
        tmp_path / "out",
        "fr",
        lambda done, total: told.append((done, total)),
        home=tmp_path,
    )
    assert told == [(done, 18) for done in range(19)]
    assert len(paths) == 18
    assert all(path.read_bytes().startswith(b"%PDF") for path in paths)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in paths)


def test_bad_requests_write_nothing(shipped_release: Release, tmp_path: Path) -> None:
    with pytest.raises(UnknownTerritory):
        build_report(shipped_release, "Nulle-Part-sur-Mer-et-Ailleurs", "fr", home=tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="folder"):
        build_reports(shipped_release, Level.REGION, tmp_path / "file", "fr", home=tmp_path)


def test_it_is_kept_with_the_drawings_of_its_release(shipped_release: Release, tmp_path: Path) -> None:
    made = build_report(shipped_release, "Corse", "fr", home=tmp_path)
    path = tmp_path / "cache" / shipped_release.id / f"odd17-REG-94-corse-fr-{shipped_release.id}.pdf"
    assert path.read_bytes() == made
    path.write_bytes(b"%PDF-kept")
    assert build_report(shipped_release, "REG-94", "fr", home=tmp_path) == b"%PDF-kept"
    assert build_report(shipped_release, "REG-94", "en", home=tmp_path) != b"%PDF-kept"
