"""Errors of the API are said in the language of the reader, their codes and suggestions the same in all."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("path", "message", "remedy"),
    [
        ("/api/v1/territories/53", "« 53 » peut désigner plusieurs territoires", "Redemandez avec"),
        ("/api/v1/territories/nowhere", "Aucun territoire ne s’appelle « nowhere »", "Cherchez avec"),
        ("/api/v1/compare?t=REG-53", "quatre territoires", "Voyez dans /api/v1/openapi.json"),
        ("/api/v1/compare", "t : il est obligatoire", "Corrigez les paramètres"),
        ("/api/v1/territories?limit=0", "limit : il doit valoir au moins 1", "Corrigez les paramètres"),
        ("/api/v1/territories?limit=9999", "limit : il doit valoir au plus 1000", "Corrigez les paramètres"),
        ("/api/v1/territories?limit=x", "limit : il doit être un nombre entier", "Corrigez les paramètres"),
        ("/api/v1/territories?level=CANTON", "l’une de ces valeurs : ", "Corrigez les paramètres"),
        (f"/api/v1/territories?q={'x' * 300}", "au plus 200 caractères", "Corrigez les paramètres"),
        (f"/api/v1/territories/REG-53/diagnosis?{'compare=DEP-35&' * 5}", "au plus 4 fois", "Corrigez les paramètres"),
        ("/api/v1/domains?lang=de", "lang : il doit être l’une de ces valeurs : fr, en", "Corrigez les paramètres"),
        ("/api/v1/indicators/nothing", "Aucun indicateur ne s’appelle « nothing »", "Voyez les adresses"),
        ("/api/v1/practices/999999", "Il n’y a rien à cette adresse.", "Voyez les adresses"),
        ("/api/v1/nothing", "Il n’y a rien à cette adresse.", "Voyez les adresses"),
        ("/r/2001-01-01-00000000/api/v1/domains", "2001-01-01-00000000 n’est pas", "Voyez les adresses"),
    ],
)
def test_an_error_is_said_in_the_language_of_the_reader(client: Client, path: str, message: str, remedy: str) -> None:
    def plain(text: str) -> str:
        return text.replace("\u202f", " ").replace("\u00a0", " ")

    french, english = client.get(path), client.get(path, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert message in plain(french.json()["message"])
    assert remedy in french.json()["remedy"]
    assert (french["Content-Language"], english["Content-Language"]) == ("fr", "en")
    assert "Accept-Language" in english["Vary"]
    for field in ("message", "remedy"):
        assert french.json()[field] != english.json()[field]
    assert {key: english.json()[key] for key in ("error", "suggestions")} == {
        key: french.json()[key] for key in ("error", "suggestions")
    }


def test_the_language_asked_for_goes_before_that_of_the_browser(client: Client) -> None:
    english = {"Accept-Language": "en"}
    path = "/api/v1/territories/nowhere"
    assert client.get(f"{path}?lang=en").json()["message"].startswith("No territory is called")
    assert client.get(f"{path}?lang=fr", headers=english).json()["message"].startswith("Aucun territoire")
    assert client.get(path, headers={"Accept-Language": "de"}).json()["message"].startswith("Aucun territoire")


def test_a_kind_of_error_without_words_of_ours_is_said_all_the_same() -> None:
    error = {"type": "bool_parsing", "loc": ("query", "closed"), "msg": "Input should be a valid boolean"}
    words = import_module("odd17.web.api.parameter_words")
    assert words.wrong_parameter(error).replace("\u202f", " ") in (
        "closed : Input should be a valid boolean",
        "closed: Input should be a valid boolean",
    )
