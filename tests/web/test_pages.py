"""Each page answers, in both languages, with what it promises."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from odd17.core.kernel import domains
from odd17.workflows.releases import current_release

PAGES = [
    "/",
    "/recherche/?q=renn",
    "/territoires/FR-france/",
    "/territoires/FRM-france-metropolitaine/",
    "/territoires/REG-53-bretagne/",
    "/territoires/REG-04-la-reunion/",
    "/territoires/DEP-35-ille-et-vilaine/",
    "/territoires/EPCI-243500139-rennes-metropole/",
    "/territoires/COM-35238-rennes/",
    "/domaines/",
    *(f"/domaines/{domain.slug}/" for domain in domains()),
    "/domaines/emploi/?pairs=REG-overseas",
    "/indicateurs/",
    "/indicateurs/unemployment_rate/",
    "/indicateurs/co2_per_inhabitant/",
    "/comparer/",
    "/comparer/?t=REG-53&t=REG-52&t=REG-32&t=Corse",
    "/comparer/?t=REG-53&t=DEP-35",
    "/cartes/EPCI/territories/?ici=EPCI-243500139",
    "/cartes/COM/territories/?dans=DEP-35&ici=COM-35238",
    "/methode/",
    "/donnees/",
    "/publications/",
    "/a-propos/",
    "/api/",
    "/signaler-une-erreur/",
    "/signaler-une-erreur/merci/",
]


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def words_of(page: str) -> str:
    """The page's words: no tag, no spare space, plain spaces for the unbreakable ones."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\u202f", " ").replace("\u00a0", " "))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_answers_in_both_languages(client: Client, prefix: str, path: str) -> None:
    page = text_of(client, prefix + path)
    assert f'<html lang="{"en" if prefix else "fr"}">' in page
    other = path if prefix else f"/en{path}"
    assert f'<a href="{other.replace("&", "&amp;")}" lang="{"fr" if prefix else "en"}"' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_identifiers_are_unique_and_inner_links_lead_somewhere(client: Client, path: str) -> None:
    page = text_of(client, path)
    found = re.findall(r'(?<![-\w])id="([^"]+)"', page)
    assert len(found) == len(set(found)), sorted(name for name in set(found) if found.count(name) > 1)
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in found, target
    for names in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert set(names.split()) <= set(found), names


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_elsewhere_nor_written_inline(client: Client, path: str) -> None:
    page = text_of(client, path)
    assert not re.search(r'(?:src|action)="(?:https?:)?//', page)
    assert not re.search(r'<link[^>]+rel="(?:stylesheet|icon)"[^>]+href="(?:https?:)?//', page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", page)


def test_the_page_of_a_region_tells_its_figures_ranks_and_reasons(client: Client) -> None:
    words = words_of(text_of(client, "/territoires/REG-53-bretagne/"))
    assert "7,2 %" in words  # its unemployment rate
    assert "France métropolitaine 8,4 %" in words
    assert "Rang 12 ex æquo sur 13" in words
    assert "parmi les 13 régions métropolitaines (ex æquo avec Pays de la Loire)" in words
    assert "Pas d’indice d’ensemble." in words
    assert "transcrit, non vérifié" in words
    assert "Etude IMPACT - Territoires – Comis-Le RAMEAU pour l'Observatoire des partenariats ; Octobre 2019" in (
        words.replace("&#x27;", "'")
    )
    for domain in domains():
        assert domain.name.fr in words.replace("&#x27;", "'")


def test_the_page_of_a_commune_has_its_profile_and_says_that_there_is_no_figure(client: Client) -> None:
    words = words_of(text_of(client, "/territoires/COM-35238-rennes/"))
    assert "230 890" in words
    assert "il en existe pour" in words or "Pas encore de donnée" in words
    assert words.count("Pas encore de donnée") >= 16


def test_every_territory_page_has_its_16_domains(client: Client) -> None:
    for path in ("/territoires/REG-53-bretagne/", "/territoires/DEP-35-ille-et-vilaine/", "/territoires/FR-france/"):
        page = text_of(client, path)
        assert re.findall(r'<article class="reading[^"]*" id="([^"]+)"', page) == [domain.id for domain in domains()]


def test_the_ranking_of_a_domain_starts_with_the_most_fragile(client: Client) -> None:
    page = text_of(client, "/domaines/emploi/")
    rows = re.findall(r'<tr id="(REG-\d+)">', page)
    assert rows[0] == "REG-32"
    assert set(rows[-2:]) == {"REG-52", "REG-53"}
    assert len(rows) == 13


def test_compare_says_when_scores_cannot_be_compared(client: Client) -> None:
    assert "mêmes pairs" in text_of(client, "/comparer/?t=REG-53&t=DEP-35")
    assert "mêmes pairs" not in text_of(client, "/comparer/?t=REG-53&t=REG-52")


def test_compare_explains_names_it_cannot_find(client: Client) -> None:
    words = words_of(text_of(client, "/comparer/?t=53&t=zzzzzz", 422))
    assert "REG-53" in words
    assert "DEP-53" in words
    assert "Aucun territoire ne s’appelle « zzzzzz »." in words
    assert "au moins deux" in words_of(text_of(client, "/comparer/?t=REG-53&t=reg-53", 422))


def test_the_method_is_drawn_from_the_release(client: Client) -> None:
    words = words_of(text_of(client, "/methode/"))
    assert "min-max" in words
    assert "80 %" in words
    sha = current_release().method_log("REG-metropolitan")["index"]["values"]["sha256"]
    assert sha in words


def test_the_method_says_who_vouches_for_each_name_weight_and_direction(client: Client) -> None:
    words = words_of(text_of(client, "/en/methode/"))
    status = "(attested|inferred|ours)"
    assert re.search(rf"Employment {status} [\d.]+ {status} .*direction: attested", words)
    assert {"attested", "inferred", "ours"} <= set(words.split())


def test_the_worked_example_is_right(client: Client) -> None:
    words = words_of(text_of(client, "/en/methode/"))
    sum_ = re.search(r"100 × \(([\d.]+) − ([\d.]+)\) ÷ \(([\d.]+) − ([\d.]+)\) Score of the domain ([\d.]+)", words)
    assert sum_ is not None
    first, second, third, fourth, score = (float(number) for number in sum_.groups())
    assert score == pytest.approx(100 * (first - second) / (third - fourth), abs=0.06)


def test_the_data_page_names_inputs_checksums_and_what_was_left_out(client: Client) -> None:
    words = words_of(text_of(client, "/donnees/"))
    for item in current_release().manifest["inputs"]:
        for digest in item["files"].values():
            assert digest in words
    assert "94 communes" in words
    assert "8 entrées à chacun des échelons des départements et des régions" in words
    assert words.count("Il ne reste que 13 cases sur 14") == 5
    assert words.count("Licence") >= 4
    assert "ne concorde pas" in words


def test_robots_may_read_what_is_current(client: Client) -> None:
    assert "Disallow: /r/" in text_of(client, "/robots.txt")


def test_a_heavy_map_comes_after_the_page_and_has_its_own(client: Client) -> None:
    page = text_of(client, "/territoires/COM-35238-rennes/")
    address = "/cartes/COM/territories/?dans=DEP-35&amp;ici=COM-35238"
    assert f'hx-get="{address}"' in page
    assert f'<a href="{address}">' in page  # without JavaScript
    assert "<svg" not in page.split("map-title")[1].split("domains-title")[0]
    part = text_of(client, "/cartes/COM/territories/?dans=DEP-35&ici=COM-35238&morceau=1")
    assert part.strip().startswith("<figure")
    assert "/territoires/COM-35001-acigne/" in part
    assert client.get("/cartes/COM/territories/").status_code == 404
    assert client.get("/cartes/COM/territories/?dans=DEP-999").status_code == 404


def test_a_country_and_a_source_are_named_in_the_language_of_the_page(client: Client) -> None:
    french, english = (text_of(client, f"{prefix}/territoires/FRM-france-metropolitaine/") for prefix in ("", "/en"))
    assert "<h1>France métropolitaine</h1>" in french
    assert "<h1>Metropolitan France</h1>" in english
    french, english = (text_of(client, f"{prefix}/donnees/") for prefix in ("", "/en"))
    assert "la mention complète est obligatoire" in french
    assert "the full mention is compulsory" in english
    assert "the full mention is compulsory" not in french


def test_the_icon_that_browsers_ask_for_is_the_mark(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].startswith("/static/odd17/mark.")


def test_the_parts_of_a_ratio_are_named_in_the_language_of_the_page(client: Client) -> None:
    french, english = (text_of(client, f"{prefix}/indicateurs/density/") for prefix in ("", "/en"))
    assert "<dt>Dénominateur</dt><dd>superficie en km²</dd>" in french
    assert "<dt>Numerator</dt><dd>municipal population</dd>" in english
