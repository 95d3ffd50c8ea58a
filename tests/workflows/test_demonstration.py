"""The demonstration: its own release, of made-up studies alone, with a truth that is found as often as said."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import polars as pl
import pypdf
import pytest
import yaml

from odd17.core.kernel import DataError, is_fictitious
from odd17.core.perceptions.fictitious import fictitious_studies
from odd17.core.perceptions.fictitious_file import MENTION, RESPONDENTS, study_document
from odd17.publishing.crossing_words import places_apart, share
from odd17.publishing.priority_words import priority_sentence
from odd17.publishing.studies import asked_sentence, design_sentence
from odd17.store.releases import Release, current_release, list_releases
from odd17.store.studies import current_studies
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.crossing import crossing_of
from odd17.workflows.demonstration import build_demonstration
from odd17.workflows.import_study import import_study
from odd17.workflows.report import build_report


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def real(home: Path) -> Release:
    return build_release(home=home)


@pytest.fixture(scope="module")
def built(home: Path, real: Release) -> Release:
    return build_demonstration(home)


def test_it_is_a_release_apart_that_says_what_it_is(home: Path, real: Release, built: Release) -> None:
    assert built.fictitious
    assert is_fictitious(built.id)
    assert json.loads((built.path / "datapackage.json").read_bytes())["fictitious"] is True
    assert not real.fictitious
    assert "fictitious" not in real.manifest
    assert current_release(home).id == real.id
    assert built.path.is_relative_to(home / "demonstration")


def test_its_objective_figures_are_those_of_the_real_release(real: Release, built: Release) -> None:
    assert built.observations().equals(real.observations())
    assert built.scores().equals(real.scores())


def test_every_page_of_its_reports_is_marked(home: Path, real: Release, built: Release) -> None:
    for language, words in (("fr", "Données fictives"), ("en", "Fictitious data")):
        for release, is_marked in ((built, True), (real, False)):
            pages = pypdf.PdfReader(io.BytesIO(build_report(release, "REG-53", language, home=home))).pages
            texts = ["".join(page.extract_text().split()).lower() for page in pages]
            marked = ["".join(words.split()).lower() in text for text in texts]
            assert len(marked) > 2
            assert all(marked) if is_marked else not any(marked)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_reports_cross_figures_and_eyes(home: Path, built: Release, language: str) -> None:
    """Every share as the crossing gives it, the method of each study, and its full mention beside the figures."""
    pages = pypdf.PdfReader(io.BytesIO(build_report(built, "REG-53", language, home=home))).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    views = crossing_of(built, "REG-53")
    assert squeezed({"fr": "Regards croisés", "en": "Crossed views"}[language]) in text
    for study in views.studies.values():
        assert text.count(squeezed(study.mention)) > 5
        for sentence in (asked_sentence(study, language), design_sentence(study, language)):
            assert squeezed(sentence) in text
    for row in views.domains:
        for view in row.views:
            if view.rank is not None:
                assert squeezed(places_apart(view.gap, language) if view.gap else share(view, language)) in text
    for row in views.by_priority()[:5]:
        assert row.priority is not None
        assert squeezed(priority_sentence(row.priority, language)) in text


def test_margins_are_called_as_readers_call_them(built: Release) -> None:
    raked = [design_sentence(study, "fr") for study in built.studies.values() if study.design.margins]
    assert raked
    assert all("région, âge." in sentence for sentence in raked)


def test_the_report_of_the_country_has_shares_and_no_rank(home: Path, built: Release) -> None:
    pages = pypdf.PdfReader(io.BytesIO(build_report(built, "FRM", "en", home=home))).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    assert squeezed("The whole is compared with nothing, so it has no rank.") in text
    told = text[text.index(squeezed("Asked in 2025")) : text.index(squeezed("Who acts"))]
    for view in (view for row in crossing_of(built, "FRM").domains for view in row.views):
        assert squeezed(share(view, "en")) in told
    assert "notavailable" not in told


def squeezed(text: str) -> str:
    # the typesetter joins letters (ff, fi), which are told apart again here
    for joined, letters in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(joined, letters)
    return re.sub(r"[\s\u00a0\u202f]+", "", text)


def test_nothing_is_built_where_nothing_changed(home: Path, built: Release) -> None:
    before = (built.path / "datapackage.json").stat().st_mtime_ns
    kept = {
        study.id: (study.snapshot, study.path.stat().st_mtime_ns) for study in current_studies(home / "demonstration")
    }
    assert build_demonstration(home).id == built.id
    assert (built.path / "datapackage.json").stat().st_mtime_ns == before
    again = current_studies(home / "demonstration")
    assert {study.id: (study.snapshot, study.path.stat().st_mtime_ns) for study in again} == kept


def test_studies_that_other_code_estimated_are_made_again(home: Path, built: Release) -> None:
    inside = home / "demonstration"
    for estimates in inside.glob("studies/*/*/estimates.parquet"):
        pl.DataFrame({"form": ["of another time"]}).write_parquet(estimates)
    (inside / "made-by.json").write_text("{}", encoding="utf-8")
    assert build_demonstration(home).id == built.id
    assert len(current_studies(inside)) == 8


def test_its_studies_say_that_they_are_made_up(home: Path, built: Release) -> None:
    studies = current_studies(home / "demonstration")
    assert len(studies) == 8
    for study in studies:
        shown = study.description
        assert shown.fictitious
        assert shown.mention.startswith(MENTION)
        assert "données fictives" in shown.title.fr
        assert "fictitious data" in shown.title.en


def test_the_truth_is_found_by_what_would_be_published(home: Path, built: Release) -> None:
    """95 % of the published intervals hold it, within four errors of the binomial; of few respondents, some more."""
    cog = load_shipped_cog()
    regions = cog.table.filter(level="REG", is_overseas=False).select("code", "population")
    truth = pl.concat(
        [study.truth.with_columns(study=pl.lit(study.id)) for study in fictitious_studies(dict(regions.iter_rows()))]
    )
    published = pl.concat([study.estimates.collect() for study in current_studies(home / "demonstration")])
    on = ["study", "measure", "domain", "item", "territory"]
    told = published.join(truth, on=on, how="left", nulls_equal=True, validate="1:1").filter(pl.col("status") == "A")
    assert told["share"].null_count() == 0
    told = told.filter(~pl.col("measure").str.starts_with("lever"))
    held = told.select(pl.col("share").is_between("low", "high"), many=pl.col("n") >= 100)
    for many, least, most in ((True, 0.95, 0.95), (False, 0.95, 0.965)):
        rows = held.filter(many=many)["share"]
        within = 4 * (0.95 * 0.05 / len(rows)) ** 0.5
        assert least - within < float(rows.mean() or 0) < most + within  # type: ignore[arg-type]
    assert {"A", "U", "Q"} <= set(published["status"])
    assert published["change_linked"].is_not_null().any()


def test_a_real_release_refuses_a_made_up_study(tmp_path: Path) -> None:
    cog = load_shipped_cog()
    regions = cog.table.filter(level="REG", is_overseas=False).select("code", "population")
    study = fictitious_studies(dict(regions.iter_rows()))[0]
    (tmp_path / RESPONDENTS).write_text(study.respondents.write_csv(), encoding="utf-8")
    document = study_document(study)
    (tmp_path / "study.yml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    import_study(tmp_path / "study.yml", home=tmp_path / "home", cog=cog)
    with pytest.raises(DataError, match="a made-up study cannot enter a real release"):
        build_release(home=tmp_path / "home")

    (tmp_path / "study.yml").write_text(
        yaml.safe_dump(document | {"fictitious": False}, allow_unicode=True), encoding="utf-8"
    )
    import_study(tmp_path / "study.yml", home=tmp_path / "home", cog=cog)
    with pytest.raises(DataError, match="a real study cannot enter the demonstration"):
        build_release(home=tmp_path / "home", fictitious=True)


def test_old_ones_are_cleared_away(home: Path, built: Release) -> None:
    for seed in (1, 2):
        build_demonstration(home, seed=seed)
    there = {release.id for release in list_releases(home / "demonstration")}
    assert len(there) <= 2
    assert current_release(home / "demonstration").id in there
