"""How texts become words: case and accents folded, elisions parted, empty words left out, endings cut.

Accents are folded before endings are cut, so that ``solidarite`` finds « solidarité »; what the French stemmer then no
longer tells apart (« mutualisée » from « mutualiser ») is asked again at search, by :func:`inflections`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import tantivy

from odd17.core.practices.words import empty_words

LANGUAGES: Final = ("fr", "en")
LONGEST_WORD: Final = 40
_STEMMERS: Final = {"fr": "french", "en": "english"}
_PLURALS: Final = ("s", "x")
_ENDINGS: Final = ("ees", "ee", "er", "es", "e", *_PLURALS)
_REMEMBERED: Final = 20_000  # words: what people type has no end
_SHORTEST: Final = 4  # letters that must be left when an ending is cut


def _folded() -> tantivy.TextAnalyzerBuilder:
    # the tokenizer parts at whatever is no letter or digit: l'école is "l", an empty word, and "école"
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


def _telling() -> tantivy.TextAnalyzerBuilder:
    return _folded().filter(tantivy.Filter.custom_stopword(sorted(empty_words())))


@cache
def plain() -> tantivy.TextAnalyzer:
    """Words folded, endings kept."""
    return _telling().build()


@cache
def stemming(language: str) -> tantivy.TextAnalyzer:
    """Words folded and cut to their stem, in ``language``."""
    return _telling().filter(tantivy.Filter.stemmer(_STEMMERS[language])).build()


def words(text: str) -> list[str]:
    """The words that ``text`` is searched by, folded.

    >>> words("L'école d’Éloi, et (")
    ['ecole', 'eloi']
    """
    return plain().analyze(text)


def beginning(text: str) -> tuple[list[str], str]:
    """The words of ``text``, and its last one, which may be only the beginning of one: "par" is no empty word there.

    >>> beginning("le jardin par")
    (['jardin'], 'par')
    """
    whole = _whole().analyze(text)
    return [word for word in whole[:-1] if word not in empty_words()], whole[-1] if whole else ""


@cache
def _whole() -> tantivy.TextAnalyzer:
    return _folded().build()


@lru_cache(_REMEMBERED)
def stem(word: str, language: str) -> str:
    """The stem of one folded word.

    >>> stem("ecoles", "fr"), stem("schools", "en")
    ('ecol', 'school')
    """
    cut = stemming(language).analyze(word)
    return cut[0] if len(cut) == 1 else word


@lru_cache(_REMEMBERED)
def inflections(word: str, language: str) -> tuple[str, ...]:
    """The stems under which the forms of a folded word stand, its own first.

    >>> inflections("mutualisee", "fr"), inflections("lieux", "fr")
    (('mutualise', 'mutualis'), ('lieux', 'lieu'))
    """
    forms = [word]
    if language == "fr":
        ending = next((item for item in _ENDINGS if word.endswith(item)), "")
        base = word.removesuffix(ending)
        if len(base) >= _SHORTEST:
            forms += [base] if ending in _PLURALS else [f"{base}e", f"{base}ee"] if ending else []
        if word.endswith("aux") and len(word) > _SHORTEST:
            forms.append(f"{word[:-3]}al")
        elif word.endswith("al"):
            forms.append(f"{word[:-2]}aux")
        elif word.endswith(("eau", "eu")):
            forms.append(f"{word}x")
    return tuple(dict.fromkeys(stem(form, language) for form in forms))
