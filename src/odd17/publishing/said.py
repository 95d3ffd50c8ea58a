"""What went wrong, in the reader's language: the template of a message is its msgid, its facts are filled in French."""

from __future__ import annotations

from typing import Any

from odd17.core.kernel import Message, Odd17Error, Text
from odd17.core.kernel.message import English

from .format import MINUS, NARROW_SPACE, NO_BREAK_SPACE
from .language import language_of, translator

_SHOWN = 80
"""How much of a text in quotes is shown: what people or files send may be long."""


def said(message: str | Odd17Error, language: str) -> str:
    """``message``, or what went wrong, in ``language``.

    >>> said(Message("row {row}", row=3), "fr")
    'ligne 3'
    """
    sentence = message.said if isinstance(message, Odd17Error) else message
    if language_of(language) == "en":
        return str(sentence)
    if not isinstance(sentence, Message):
        return translator("fr")(sentence)
    text = translator("fr")(sentence.template)
    return _French().vformat(text, (), sentence.facts) if sentence.facts else text


class _French(English):
    """Fills templates in French: messages and texts in words, numbers and quotes as French writes them."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """``!r``: a text in quotes, anything else as it is."""
        if conversion == "r" and isinstance(value, str):
            return (
                f"«{NO_BREAK_SPACE}{_cut(said(value, 'fr') if isinstance(value, Message) else value)}{NO_BREAK_SPACE}»"
            )
        return value if conversion == "r" else super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> str:
        """One fact as a part of the sentence."""
        match value:
            case Message():
                return said(value, "fr")
            case Text():
                return value.fr
            case bool():
                return str(value)
            case float() | int():
                return _number(format(value, format_spec))
            case _:
                return super().format_field(value, format_spec)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _number(text: str) -> str:
    """A number that Python wrote, as French writes it."""
    written = text.replace(",", NARROW_SPACE).replace(".", ",").replace("-", MINUS).replace("%", f"{NARROW_SPACE}%")
    return written if any(sign.isdigit() for sign in written) else text
