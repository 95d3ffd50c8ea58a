"""What went wrong, in the reader's language: the words of an error are English, those of a page are not all.

An error has facts (which release, which name); this module has the sentences. Commands keep their names.
"""

from __future__ import annotations

from typing import Final

from odd17.core.kernel import (
    AmbiguousTerritory,
    DataError,
    Odd17Error,
    ReleaseError,
    ReleaseTrouble,
    UnknownTerritory,
    UsageError,
)

from .language import language_of, msgid, translator

_RELEASES: Final[dict[ReleaseTrouble, str]] = {
    ReleaseTrouble.NONE_BUILT: msgid("No release was built yet. Run: odd17 release build"),
    ReleaseTrouble.ABSENT: msgid("There is no release called “{release}”. Releases here: {known}."),
    ReleaseTrouble.DAMAGED: msgid("The release {release} is damaged. Run: odd17 release verify {release}"),
    ReleaseTrouble.NEWER: msgid(
        "The release {release} was built by a newer odd17 (format {form}; this one reads up to {known}). Install that"
        " odd17, or choose another release: odd17 release list, odd17 release use."
    ),
    ReleaseTrouble.NOT_SCORED: msgid("The release {release} has no scores among {peers}."),
}


def failure(error: Odd17Error, language: str) -> str:
    """What went wrong, to a reader of ``language`` who sees a page.

    An error without a :func:`sentence` speaks for itself in English, and is told by its kind in French.

    >>> failure(ReleaseError("No release", ReleaseTrouble.NONE_BUILT), "fr")
    'Aucune publication n’a encore été construite. Commande\xa0: odd17 release build'
    """
    said = sentence(error, language)
    if said is not None:
        return said
    if language_of(language) == "en":
        return str(error)
    _ = translator(language)
    match error:
        case DataError(file=str() as file):
            return _("The file {file} is absent or damaged. Run: odd17 release verify", file=file)
        case UsageError():
            return _("What was asked is not in this release: check the names, the level and the address.")
        case _:
            return _("The figures cannot be read. Run: odd17 release verify")


def sentence(error: Odd17Error, language: str) -> str | None:
    """The sentence for what went wrong, as precise as the error's own words; None where there is none.

    What is wrong with a release has one in both languages, for the error's own words may name folders of the machine.
    """
    _ = translator(language)
    if isinstance(error, ReleaseError) and error.trouble is not None:
        return _(_RELEASES[error.trouble], **error.facts)
    if language_of(language) == "en":
        return None
    match error:
        case UnknownTerritory(suggestions=()):
            return _("No territory is called “{name}”.", name=error.query[:80])
        case UnknownTerritory():
            near = ", ".join(error.suggestions)
            return _("No territory is called “{name}”. Did you mean: {near}?", name=error.query[:80], near=near)
        case AmbiguousTerritory():
            near = ", ".join(error.candidates)
            return _("“{name}” may be several territories: choose one of {near}.", name=error.query[:80], near=near)
        case _:
            return None
