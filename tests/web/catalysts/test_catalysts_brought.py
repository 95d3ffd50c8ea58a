"""Entries that a file brings: public at once, told to their holders, never twice, never against them."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from odd17.core.resources.catalyst_brought import BroughtCatalyst
from odd17.core.resources.catalysts import Catalyst


def row(id: str = "1", name: str = "Essaimage", *, consented: bool = True, **more: Any) -> BroughtCatalyst:
    day = timezone.localdate() if consented else None
    catalyst = Catalyst(
        id, name, trades=("support",), territories=("DEP-94",), confirmed=day, cited=day is None,
        sources=() if consented else ("Rapport 2024",), **more,
    )  # fmt: skip
    person = {"contact": "Camille Exemple", "email": "camille@example.org"} if consented else {}
    return BroughtCatalyst(catalyst, consented=day, **person)


def bring(*rows: BroughtCatalyst, dry_run: bool = False) -> Any:
    told: list[Any] = []
    options = {"brought": rows, "origin": "reseau", "language": "fr", "dry_run": dry_run, "done": told.append}
    call_command("catalysts_import", stdout=StringIO(), **options)
    return told[0]


def test_who_consented_is_public_at_once_and_told(kept: Any, client: Client, sent: Any) -> None:
    done = bring(row())
    assert (done.created, done.updated, done.unchanged) == (1, 0, 0)
    assert client.get(kept.get().get_absolute_url()).status_code == 200
    assert "Camille" not in client.get(kept.get().get_absolute_url()).content.decode()
    assert [letter.to for letter in mail.outbox] == [["camille@example.org"]]
    assert client.get(sent("/mon-entree/")).status_code == 200
    assert kept.get().consented is not None


def test_the_same_file_again_changes_nothing_and_writes_to_nobody(kept: Any) -> None:
    bring(row(), row("2", "Autre"))
    before = list(kept.values())
    mail.outbox.clear()
    done = bring(row(), row("2", "Autre"))
    assert (done.created, done.updated, done.unchanged) == (0, 0, 2)
    assert list(kept.values()) == before
    assert not mail.outbox


def test_a_changed_row_renews_its_entry(kept: Any) -> None:
    bring(row())
    assert bring(row(name="Essaimage et cie")).updated == 1
    assert kept.get().name == "Essaimage et cie"


def test_tried_nothing_is_written(kept: Any) -> None:
    assert bring(row(), dry_run=True).created == 1
    assert not kept.exists()
    assert not mail.outbox


def test_what_its_holder_withdrew_is_not_brought_back(kept: Any, client: Client, sent: Any) -> None:
    bring(row())
    client.post(f"{sent('/mon-entree/')}retirer/")
    assert bring(row()).gone == 1
    assert not kept.exists()


def test_what_its_holder_changed_stays(kept: Any, client: Client, sent: Any) -> None:
    bring(row())
    path = sent("/mon-entree/")
    page = client.get(f"{path}modifier/")
    assert 'value="Essaimage"' in page.content.decode()
    said = {
        "name": "À notre façon", "kind": "catalyst", "trades": ["support"], "territories": "DEP-94",
        "contact": "Camille", "consent": "on", "version": "1",
    }  # fmt: skip
    assert client.post(f"{path}modifier/", said).status_code == 302
    done = bring(row(name="Essaimage et cie"))
    assert (done.updated, done.edited) == (0, [("1", "Essaimage")])


def test_a_cited_one_waits_for_its_holder_who_takes_its_address(
    kept: Any, client: Client, published: Any, text_of: Any
) -> None:
    bring(row(consented=False))
    cited = kept.get()
    page = text_of(client.get(cited.get_absolute_url()))
    assert "à revendiquer" in page
    assert "Rapport 2024" in page
    _person, entry = published(address=f"{cited.get_absolute_url()}revendiquer/", name="Essaimage")
    assert entry.slug == cited.slug
    assert kept.count() == 1
    assert bring(row(consented=False)).gone == 1


def test_consent_renewed_in_the_file_confirms_the_entry(kept: Any) -> None:
    bring(row())
    kept.update(confirmed=date(2025, 1, 1))
    bring(row(name="Essaimage et cie"))
    assert kept.get().confirmed == timezone.localdate()


@pytest.mark.parametrize("numbers", [("999999",)])
def test_practices_that_are_not_published_are_left_out_and_counted(kept: Any, numbers: tuple[str, ...]) -> None:
    assert bring(row(practices=numbers)).without_practice == 1
    assert kept.get().practices == []
