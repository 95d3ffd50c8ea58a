"""A call for partners, to pin up or to send: what is needed, by whom, where, until when, and where to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import format
from .document import Document, Heading, Paragraph
from .language import translator


@dataclass(frozen=True, slots=True)
class Called:
    """A call as all read it; ``facts`` are its other words (territory, domains, kinds), ``address`` is its page's."""

    title: str
    need: str
    signed: str
    until: date
    is_open: bool
    address: str
    facts: tuple[tuple[str, str], ...] = ()


def call_document(told: Called, language: str) -> Document:
    """The call, which says where it is closed."""
    _ = translator(language)
    until = format.day(told.until, language)
    answer = [Paragraph(_("This call is closed: it takes no more answers."))]
    if told.is_open:
        answer = [
            Paragraph(_("On this page, until {until} included, without an account:", until=until)),
            Paragraph(told.address),
            Paragraph(_("Only the members of the alliance read the answers."), quiet=True),
        ]
    return Document(
        told.title,
        _("odd17 · call for partners"),
        _.language,
        (Paragraph(told.need), Heading(_("To answer")), *answer),
        told.address,
        ((_("Who calls"), told.signed), *told.facts, (_("Open until"), until)),
    )
