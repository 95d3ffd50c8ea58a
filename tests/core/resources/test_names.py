"""Names that people type for a certificate: theirs, whole, and nothing that is no name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError
from odd17.core.resources.names import LONGEST, printed_name


@pytest.mark.parametrize(
    "name", ["Zoé d’Arc-Ślązak", "O'Neil", "Nguyễn Thị Hoa", "Ελένη Παπά", "Анна Петрова", "María José Mª", "J. Doe"]
)
def test_names_stay_as_they_are(name: str) -> None:
    assert printed_name(name) == name


def test_spaces_are_brought_to_one() -> None:
    assert printed_name("  Zoé \t\n  Dupont ") == "Zoé Dupont"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "has letters"),
        ("   ", "has letters"),
        ("...", "has letters"),
        ("<script>alert(1)</script>", "cannot stand"),
        ("#panic(1)", "cannot stand"),
        ("A\x00B", "cannot stand"),
        ("A\u202eB", "cannot stand"),
        ("山田太郎", "cannot stand"),
        ("Zoé 😀", "cannot stand"),
        ("a" * 10_000, "characters at most"),
        ("a" * (LONGEST + 1), "characters at most"),
    ],
)
def test_what_is_no_name_is_refused(typed: str, word: str) -> None:
    with pytest.raises(DataError, match=word):
        printed_name(typed)


@given(st.text(max_size=150))
def test_what_comes_out_is_short_and_stays_the_same(typed: str) -> None:
    try:
        name = printed_name(typed)
    except DataError:
        return
    assert 0 < len(name) <= LONGEST
    assert printed_name(name) == name
    assert not set("<>&#$*_\\") & set(name)
