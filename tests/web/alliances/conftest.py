"""People of alliances, each with an account and a browser; e-mails stay in memory, and nothing is left behind."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.test import Client, override_settings

from odd17.core.kernel import impacts


@pytest.fixture(autouse=True)
def _empty(site_home: object) -> Iterator[None]:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        caches["default"].clear()
        yield
    for document in apps.get_model("alliances", "AllianceDocument").objects.all():
        document.file.delete(save=False)
    apps.get_model("alliances", "Alliance").objects.all().delete()
    get_user_model().objects.filter(username__startswith="ally-").delete()
    caches["default"].clear()


class Ally:
    """Somebody with an account and a browser."""

    PURPOSE: ClassVar[dict[str, Any]] = {
        "title": "Une cantine à plusieurs", "need": "Manger mieux sans jeter.", "territory": "REG-53",
        "domains": ["education"], "contract": "4", "collective": "5", "begun": "2024-02-29",
    }  # fmt: skip

    def __init__(self, name: str) -> None:
        users = get_user_model().objects
        self.account = users.create_user(f"ally-{name}", f"{name}@example.org", "x")
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.account)

    def get(self, path: str, status: int = 200) -> str:
        """The page, its characters plain."""
        reply = self.client.get(path)
        assert reply.status_code == status, (path, reply.status_code)
        if reply.streaming:
            return str(b"".join(reply.streaming_content).decode("utf-8", "replace"))
        return html.unescape(str(reply.content.decode("utf-8", "replace")))

    def post(self, path: str, status: int = 302, **told: Any) -> Any:
        """The reply to a form."""
        reply = self.client.post(path, told)
        text = reply.content.decode("utf-8", "replace")
        assert reply.status_code == status, (
            path,
            reply.status_code,
            re.findall(r'role="alert">(.*?)</div>', text, re.S),
        )
        return reply

    def agree(self, path: str, agrees: str = "1", version: str = "") -> None:
        """Agree to the public card as the workspace shows it, or as it showed it in ``version``."""
        shown = re.search(r'name="version" value="(\d+)"', self.get(path))
        assert shown is not None
        self.post(f"{path}accord/", version=version or shown[1], agrees=agrees)

    def begin(self, organisation: str = "La commune", **changed: Any) -> str:
        """An alliance of one organisation: its address."""
        told = {**self.PURPOSE, "organisation": organisation, "kind": "local_authority", **changed}
        return str(self.post("/alliances/nouvelle/", **told).headers["Location"])

    def join(self, path: str, by: Ally, organisation: str, kind: str = "association") -> None:
        """Join by an invitation that ``by`` sends, by the link of the e-mail."""
        by.post(f"{path}inviter/", email=self.account.email, partner="")
        link = re.search(r"https?://[^/\s]+(/alliances/rejoindre/\S+)", mail.outbox[-1].body)
        assert link is not None
        assert mail.outbox[-1].to == [self.account.email]
        assert self.post(link[1], organisation=organisation, kind=kind).headers["Location"] == path


@pytest.fixture
def ally() -> Callable[[str], Ally]:
    """Make somebody of this name."""
    return Ally


@pytest.fixture
def three(ally: Callable[[str], Ally]) -> tuple[str, Ally, Ally, Ally]:
    """An alliance of three organisations: its address, its steward, and two members."""
    officer, director, lead = ally("officer"), ally("director"), ally("lead")
    path = officer.begin()
    director.join(path, officer, "L’association")
    lead.join(path, officer, "L’entreprise", "company")
    return path, officer, director, lead


@pytest.fixture
def told() -> Callable[..., dict[str, str]]:
    """What a partner answers to a round: the same mark everywhere, a story that says it."""

    def answer(mark: int, **more: str) -> dict[str, str]:
        claims = {f"{field}_{word.id}": value for word in impacts()
                  for field, value in (("mark", str(mark)), ("proof", "told"), ("words", f"mot {mark}"))}  # fmt: skip
        return {**claims, "story": f"Un récit {mark}", **more}

    return answer
