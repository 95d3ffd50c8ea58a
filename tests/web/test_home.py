"""The home page leads to what the site does."""

from __future__ import annotations

import pytest
from django.test import Client

DOORS = ("/par-ou-commencer/", "/regards/", "/pratiques/", "/auto-diagnostic/")


def section(page: str) -> str:
    return page.split('aria-labelledby="begin-title"')[1].split("</section>")[0]


@pytest.mark.parametrize(("prefix", "title"), [("", "Ce que vous pouvez faire ici"), ("/en", "What you can do here")])
def test_home_leads_to_the_four_doors_and_each_opens(client: Client, prefix: str, title: str) -> None:
    shown = section(client.get(f"{prefix}/").content.decode())
    assert title in shown
    for door in DOORS:
        assert f'href="{prefix}{door}"' in shown
        assert client.get(f"{prefix}{door}").status_code == 200
