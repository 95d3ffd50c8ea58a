"""A sentence in English that remembers its template and its facts, so that others can word it in another language.

Core and store say what went wrong in English, where it goes wrong; ``odd17.publishing.said`` says it in French.
"""

from __future__ import annotations

import errno
import string
from collections.abc import Mapping
from typing import Any, Final

from .text import Text, text_from_plain, text_to_plain


class Message(str):
    """The sentence that ``template`` makes with ``facts``: a string like any other, and what it was made of.

    A fact may be text (left as it is in every language), a number, a Message or a Text (worded in the language of the
    reader), or a list of these. ``{name!r}`` puts the quotes of the language around a fact. A template without facts is
    not filled, and may be given as a plain string wherever a message is asked for.

    >>> message = Message("{path} has {rows:,} rows", path="a.csv", rows=12000)
    >>> message, message.template
    ('a.csv has 12,000 rows', '{path} has {rows:,} rows')
    """

    template: str
    facts: Mapping[str, Any]

    def __new__(cls, template: str, /, **facts: Any) -> Message:
        """Fill ``template``; KeyError where a fact is missing."""
        made = super().__new__(cls, English().vformat(template, (), facts) if facts else template)
        made.template, made.facts = template, facts
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return message_from_plain, (message_to_plain(self),)


class English(string.Formatter):
    """Fills templates in English; a subclass words facts in another language."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """One fact as a part of the sentence."""
        if isinstance(value, list | tuple):
            return ", ".join(self.format_field(item, format_spec) for item in value)
        return value.en if isinstance(value, Text) else str(format(value, format_spec))


def message_to_plain(message: Any) -> Any:
    """``message``, or a fact of one, as a document of JSON holds it; a plain string stays one.

    >>> message_to_plain(Message("row {row}", row=3))
    {'message': 'row {row}', 'facts': {'row': 3}}
    """
    if isinstance(message, Message):
        return {
            "message": message.template,
            "facts": {name: message_to_plain(item) for name, item in message.facts.items()},
        }
    if isinstance(message, Text):
        return text_to_plain(message)
    if isinstance(message, list | tuple):
        return [message_to_plain(item) for item in message]
    return message if message is None or isinstance(message, str | int | float) else str(message)


def message_from_plain(plain: Any) -> Any:
    """The message, or the fact, that a document holds.

    >>> message_from_plain({"message": "row {row}", "facts": {"row": 3}})
    'row 3'
    """
    if isinstance(plain, list):
        return [message_from_plain(item) for item in plain]
    if not isinstance(plain, Mapping):
        return plain
    if "message" not in plain:
        return text_from_plain(plain)
    return Message(plain["message"], **{name: message_from_plain(item) for name, item in plain["facts"].items()})


_SYSTEM: Final = {
    errno.EACCES: Message("Permission denied"),
    errno.EPERM: Message("Operation not permitted"),
    errno.ENOENT: Message("No such file or directory"),
    errno.EISDIR: Message("Is a directory"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EEXIST: Message("File exists"),
    errno.ENOSPC: Message("No space left on device"),
    errno.EDQUOT: Message("Disk quota exceeded"),
    errno.EROFS: Message("Read-only file system"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.EIO: Message("Input/output error"),
    errno.EADDRINUSE: Message("Address already in use"),
    errno.EADDRNOTAVAIL: Message("Cannot assign requested address"),
}


def why(error: OSError) -> Message:
    """What the system says went wrong.

    >>> why(PermissionError(13, "Permission denied"))
    'Permission denied'
    """
    other = Message("{words} (error {number} of the system)", words=error.strerror, number=error.errno or 0)
    return _SYSTEM.get(error.errno or 0, other)
