"""A programme as it is read: counts that lead to their measures, a measure's own history, lists by pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.test import Client
from django.utils import timezone

Runner = Any  # the class of the fixture ``runner``


def kept(name: str) -> Any:
    return apps.get_model("programmes", name).objects


def test_the_desk_hands_whole_links_and_the_form_says_the_level_before(
    runner: Callable[[str], Runner], two: tuple[str, Runner, Runner]
) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/inviter/")
    assert ">http://localhost/programmes/rejoindre/" in owner.get(f"{path}gerer/")
    other.publish(owner.draft(path, level_1="satisfactory"))
    form = owner.get(f"{path}gerer/bilans/nouveau/")
    assert "comme avant (Satisfaisant)" in form
    assert "comme avant (pas encore de bilan)" in form
    assert f'href="{path}gerer/"' in owner.get(path)
    owner.post(f"{path}gerer/publier/")
    assert "gerer/" not in runner("stranger").get(path)


def test_each_count_of_the_matrix_leads_to_its_measures(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    other.publish(owner.draft(path, level_1="satisfactory", level_3="satisfactory"))
    page = owner.get(f"{path}?au=2024-06-01")
    cells = re.findall(rf'href="({path}mesures/\?[^"]+)">(\d+)</a>', page)
    assert cells
    for address, count in cells:
        assert owner.get(address).count('scope="row"') == int(count), address
    assert "Planter" in owner.get(f"{path}mesures/?dimension=d1&niveau=satisfactory&au=2024-06-01")
    assert "Mesures montrées\u202f: 3 sur 3" in owner.get(f"{path}mesures/?niveau=~sans-bilan&au=2024-05-31")
    for query in ("dimension=x", "niveau=x", "chantier=x", "au=hier"):
        owner.get(f"{path}mesures/?{query}", 404)


def test_a_measure_tells_what_reviews_said_of_it_and_not_of_others(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    first = owner.draft(path, level_1="explained_delay", reason_1="La sécheresse")
    other.publish(first)
    other.publish(owner.draft(path, day="2024-07-01", level_2="satisfactory"))
    number = first.rstrip("/").rpartition("/")[2]
    other.publish(owner.draft(path, day="2024-08-01", level_1="-", corrects=number))
    told = owner.get(f"{path}mesures/1/").split('id="history"')[1].split("</section>")[0]
    assert told.count("<li>") == 2
    assert "La sécheresse" in told
    assert "n’est plus connu" in told
    assert "Il corrige celui du 1 juin 2024" in told


def test_public_programmes_are_listed_by_pages(runner: Callable[[str], Runner], client: Client) -> None:
    runner("alone").begin()
    model = kept("Programme").get()
    for number in range(60):
        model.pk, model.key, model.title = None, f"p-{number}", f"Plan {number:02}"
        model.published = timezone.now()
        model.save(force_insert=True)
    first, second = (client.get(f"/programmes/?page={page}").content.decode() for page in (1, 2))
    assert (first.count("/programmes/p-"), second.count("/programmes/p-")) == (50, 10)
