"""The payload is plain JSON: raw numbers, statuses, reasons as code and text, keys in one order."""

from __future__ import annotations

import json

from odd17.core.diagnosis.reading import Diagnosis
from odd17.core.kernel import Provenance, Text
from odd17.publishing.payload import diagnosis_payload, source_payload


def test_it_is_json_without_any_loss(diagnosis: Diagnosis) -> None:
    payload = diagnosis_payload(diagnosis, "fr")
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload


def test_numbers_are_raw_and_absences_named(diagnosis: Diagnosis) -> None:
    figures = {item["id"]: item["figures"] for item in diagnosis_payload(diagnosis, "fr")["domains"]}
    employment = figures["employment"][0]
    assert (employment["value"], employment["low"], employment["high"]) == (1234.5, 1200.0, 1260.25)
    assert (figures["purchasing_power"][0]["value"], figures["purchasing_power"][0]["absence"]) == (0.0, None)
    absences = [figures[id][0]["absence"] for id in ("housing", "disability", "ageing")]
    assert absences == ["suppressed", "not_applicable", "not_available"]
    assert figures["education"] == []


def test_reasons_have_their_code_facts_and_words(diagnosis: Diagnosis) -> None:
    french, english = (diagnosis_payload(diagnosis, language)["overall"]["refusal"] for language in ("fr", "en"))
    assert french["code"] == english["code"] == "too_many_missing"
    assert french["params"] == english["params"] == {"missing": 4, "total": 4, "limit": 0.2}
    assert french["text"] != english["text"]


def test_every_domain_has_the_same_keys_in_the_same_order(diagnosis: Diagnosis) -> None:
    payload = diagnosis_payload(diagnosis, "fr")
    assert len(payload["domains"]) == 16
    assert len({tuple(item) for item in payload["domains"]}) == 1
    assert len({tuple(item["score"]) for item in payload["domains"]}) == 1
    assert [source["citation"] for source in payload["sources"]] == ["Étude d’un lieu – Un producteur ; Octobre 2019"]


def test_a_source_is_told_in_the_language_asked_and_cited_word_for_word() -> None:
    source = Provenance("t", Text("Un", "One"), "P", "La mention", Text("non indiquée", "not stated"), note="N")
    french, english = (source_payload(source, language) for language in ("fr", "en"))
    told = [(item["title"], item["licence"], item["note"], item["citation"]) for item in (french, english)]
    assert told == [("Un", "non indiquée", "N", "La mention"), ("One", "not stated", "N", "La mention")]
