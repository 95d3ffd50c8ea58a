"""Every file that odd17 ships has a provenance file beside it that is complete and true."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from odd17.core.kernel import DataError, Text
from odd17.store.checksum import sha256_of
from odd17.store.documents import read_document
from odd17.store.places import shipped
from odd17.store.provenance import provenance_from_json, provenance_to_json, read_provenance

METAS = sorted(shipped().rglob("*.meta.yml"))


def _fingerprints(meta: Path) -> dict[Path, str]:
    document = read_document(meta, "provenance")
    found = {meta.parent / name: digest for name, digest in document.get("files", {}).items()}
    if "sha256" in document:
        stem = meta.name.removesuffix(".meta.yml")
        (described,) = (path for path in meta.parent.glob(f"{stem}.*") if path != meta)
        found[described] = document["sha256"]
    return found


@pytest.mark.parametrize("meta", METAS, ids=lambda path: path.name)
def test_the_provenance_is_complete(meta: Path) -> None:
    provenance = read_provenance(meta)
    assert provenance.producer
    assert provenance.citation
    assert provenance.licence
    assert provenance.published or provenance.retrieved
    assert provenance_from_json(provenance_to_json(provenance)) == provenance


@pytest.mark.parametrize("meta", METAS, ids=lambda path: path.name)
def test_the_checksums_are_those_of_the_files(meta: Path) -> None:
    fingerprints = _fingerprints(meta)
    assert fingerprints
    assert {path: sha256_of(path) for path in fingerprints} == fingerprints


def test_every_shipped_table_and_shape_has_a_provenance() -> None:
    described = set(itertools.chain.from_iterable(_fingerprints(meta) for meta in METAS))
    data = {path for path in shipped().rglob("*") if path.suffix in (".csv", ".parquet", ".topojson")}
    assert data
    assert data <= described


@pytest.mark.parametrize("meta", METAS, ids=lambda path: path.name)
def test_what_a_shipped_file_says_of_its_rights_is_in_both_languages(meta: Path) -> None:
    provenance = read_provenance(meta)
    assert isinstance(provenance.title, Text)
    assert isinstance(provenance.licence, Text) or provenance.licence.startswith("Licence Ouverte")
    assert provenance.note is None or isinstance(provenance.note, Text)


def test_a_text_is_one_string_or_one_for_each_language(tmp_path: Path) -> None:
    path = tmp_path / "a.meta.yml"
    rights = "licence: {fr: non indiquée, en: not stated}\nnote: N"
    path.write_text(f"id: a\ntitle: T\nproducer: P\ncitation: C\n{rights}\npublished: 2024-01-01\n", encoding="utf-8")
    provenance = read_provenance(path)
    assert (provenance.title, provenance.licence) == ("T", Text("non indiquée", "not stated"))
    assert provenance_to_json(provenance)["licence"] == {"fr": "non indiquée", "en": "not stated"}
    assert provenance_from_json(provenance_to_json(provenance)) == provenance


def test_a_text_in_one_language_of_two_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.meta.yml"
    path.write_text(
        "id: a\ntitle: T\nproducer: P\ncitation: C\nlicence: {fr: L}\npublished: 2024-01-01\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="'en' is a required property"):
        read_provenance(path)


@pytest.mark.parametrize("field", ["producer", "citation", "licence", "published"])
def test_a_field_that_is_missing_is_named(tmp_path: Path, field: str) -> None:
    lines = ["id: a", "title: T", "producer: P", "citation: C", "licence: L", "published: 2024-01-01"]
    path = tmp_path / "a.meta.yml"
    path.write_text("\n".join(line for line in lines if not line.startswith(field)), encoding="utf-8")
    with pytest.raises(DataError, match=field if field != "published" else "not accepted here"):
        read_provenance(path)


def test_a_date_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.meta.yml"
    path.write_text("id: a\ntitle: T\nproducer: P\ncitation: C\nlicence: L\npublished: 2024-02-31\n", encoding="utf-8")
    with pytest.raises(DataError, match="2024-02-31"):
        read_provenance(path)
