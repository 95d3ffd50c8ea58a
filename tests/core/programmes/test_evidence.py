"""What evidence leads to, and what readers could not open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError
from odd17.core.programmes.evidence import (
    Kind,
    check_evidence,
    every_address,
    evidence_of,
    linked_indicators,
    measure_address,
)


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("/pratiques/12-une-cantine/", Kind.PRACTICE, "12"),
        ("/en/pratiques/12-une-cantine/?x=1#top", Kind.PRACTICE, "12"),
        ("/alliances/3/carte/", Kind.ALLIANCE, "3"),
        ("/alliances/3/", Kind.PRIVATE, "3"),
        ("/alliances/3/evaluations/4/", Kind.PRIVATE, "3"),
        ("/programmes/p-1/gerer/", Kind.PRIVATE, ""),
        ("/indicateurs/poverty_rate/", Kind.INDICATOR, "poverty_rate"),
        (measure_address("p-1", 4), Kind.MEASURE, "p-1/mesures/4"),
        ("/domaines/", Kind.PAGE, ""),
        ("/pratiques/", Kind.PAGE, ""),
        ("https://example.org/alliances/3/", Kind.WEB, ""),
        ("//example.org/", Kind.WORDS, ""),
        ("/\\example.org", Kind.WORDS, ""),
        ("javascript:alert(1)", Kind.WORDS, ""),
        ("le compte rendu du 3 mai", Kind.WORDS, ""),
        ("", Kind.WORDS, ""),
    ],
)
def test_what_an_address_leads_to(text: str, kind: Kind, key: str) -> None:
    found = evidence_of(text)
    assert (found.address, found.kind, found.key) == (text, kind, key)


@given(st.text())
def test_nothing_that_is_typed_breaks_it_and_what_leads_elsewhere_is_words(text: str) -> None:
    found = evidence_of(text)
    assert found.address == text
    if not text.startswith(("/", "http://", "https://")):
        assert found.kind is Kind.WORDS


def test_of_an_alliance_the_public_card_alone_is_evidence() -> None:
    check_evidence(["/alliances/3/carte/", "/pratiques/1-a/", "un mot"])
    with pytest.raises(DataError, match="readers cannot open") as caught:
        check_evidence(["un mot", "/alliances/3/"], every_address, "plan.csv", 4, "preuves")
    assert (caught.value.row, caught.value.column, caught.value.value) == (4, "preuves", "/alliances/3/")


def test_indicators_are_found_among_evidence_each_once() -> None:
    assert linked_indicators(["/indicateurs/b/", "/indicateurs/a/", "/en/indicateurs/b/", "x"]) == ("b", "a")
