"""What went wrong is said in the reader's language, whatever it is."""

from __future__ import annotations

import pytest

from odd17.core.kernel import (
    AmbiguousTerritory,
    DataError,
    Odd17Error,
    ReleaseError,
    ReleaseTrouble,
    UnknownTerritory,
    UsageError,
)
from odd17.publishing.failures import failure

FACTS = {"release": "2026-01-01-00000000", "known": "aucune", "form": "2", "peers": "COM"}


@pytest.mark.parametrize("trouble", list(ReleaseTrouble))
def test_what_is_wrong_with_a_release_has_a_sentence_in_both_languages(trouble: ReleaseTrouble) -> None:
    error = ReleaseError("/a/folder/of/the/machine", trouble, **FACTS)
    french, english = failure(error, "fr"), failure(error, "en-gb")
    assert french != english
    assert "{" not in french + english
    assert "machine" not in french + english


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UnknownTerritory("Renes", ["COM-35238 (Rennes)"]), "« Renes ». Vouliez-vous dire : COM-35238 (Rennes) ?"),
        (UnknownTerritory("zzz"), "Aucun territoire ne s’appelle « zzz »."),
        (AmbiguousTerritory("53", ["REG-53", "DEP-53"]), "choisissez parmi REG-53, DEP-53"),
        (DataError("the file is absent", file="territories.parquet"), "Le fichier territories.parquet est absent"),
        (UsageError("'x' is neither a domain nor an indicator"), "n’est pas dans cette publication"),
        (Odd17Error("Something"), "odd17 release verify"),
    ],
)
def test_any_other_error_is_told_in_french_and_speaks_for_itself_in_english(error: Odd17Error, said: str) -> None:
    assert said in failure(error, "fr").replace("\u00a0", " ").replace("\u202f", " ")
    assert failure(error, "en") == str(error)


def test_a_long_name_is_cut() -> None:
    assert len(failure(UnknownTerritory("x" * 10_000), "fr")) < 200
