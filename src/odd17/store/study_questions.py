"""The questions of a study file: what each measures, of what, in which columns, and which answers mean what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from odd17.core.kernel import DataError, Message, Text, actors, domains, levers
from odd17.core.perceptions.study import OF_DOMAINS, OF_ITEMS, About, Base, Multiple, Question, Ranking
from odd17.core.perceptions.tables import Measure

from .study_document import StudyDocument, near_or_known

LEVER = "lever"
"""The measure of a ranking, which gives two: who is ranked first, and what each is worth."""


def read_questions(study: StudyDocument) -> tuple[Question, ...]:
    """The questions, in their order. DataError for what cannot be told, or is told twice."""
    asked = enumerate(study.document["questions"])
    questions = tuple(_QuestionReader(study, given, at).question() for at, given in asked)
    _refuse_twice(study, questions)
    return questions


@dataclass(frozen=True, slots=True)
class _QuestionReader:
    study: StudyDocument
    given: dict[str, Any]
    at: int

    def question(self) -> Question:
        given = self.given
        measure = Measure.LEVER_FIRST if given["measure"] == LEVER else Measure(given["measure"])
        ranking = self.ranking(given["ranking"]) if "ranking" in given else None
        if (measure is Measure.LEVER_FIRST) != (ranking is not None):
            raise self.wrong("the measure lever has a `ranking`, and no other has", "measure")
        if ("item" in given and "column" not in given) or (
            "domain" in given and not given.keys() & {"column", "items"}
        ):
            raise self.wrong("`item` goes with `column`, `domain` with `column` or `items`")
        domain = None if "domain" not in given else self.domain(given["domain"], "domain")
        columns: dict[About, str] = {}
        if "column" in given:
            columns[About(domain, given.get("item"))] = given["column"]
        for name, column in given.get("columns", {}).items():
            columns[About(self.domain(name, "columns", name), None)] = column
        for item, column in given.get("items", {}).items():
            columns[About(domain, item)] = column
        multiple = self.multiple(given["multiple"], measure) if "multiple" in given else None
        labels = {item: Text(**text) for item, text in given.get("labels", {}).items()}
        question = Question(
            measure=measure,
            wording=Text(**given["wording"]),
            columns=columns,
            multiple=multiple,
            ranking=ranking,
            yes=_codes(given.get("yes", ())),
            no=_codes(given.get("no", ())),
            dont_know=_codes(given.get("dont_know", ())),
            skipped=_codes(given.get("skipped", ())),
            counts_dont_know=given.get("count_dont_know", False),
            base=self.base(given.get("base")),
            labels=labels | self.names(measure, labels),
        )
        self.check(question)
        return question

    def check(self, question: Question) -> None:
        for about in question.abouts:
            if question.measure in OF_DOMAINS and about.domain is None:
                raise self.wrong("this measure is told of a domain", "measure", value=question.measure.value)
            if question.measure in OF_ITEMS and about.item is None:
                raise self.wrong("this measure is told of an item", "measure", value=question.measure.value)
            if about.item is not None and about.item not in question.labels:
                near = get_close_matches(about.item, question.labels, n=1)
                hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
                raise self.wrong(
                    "an item without a name", value=about.item,
                    remedy=Message("{hint}Give its name in `labels`, in French and English", hint=hint),
                )  # fmt: skip
        told = [*question.yes, *question.no, *question.dont_know, *question.skipped]
        twice = next((code for code in told if told.count(code) > 1), None)
        if twice is not None:
            raise self.wrong("a code has two meanings", value=twice)

    def names(self, measure: Measure, labels: Mapping[str, Text]) -> dict[str, Text]:
        if measure is Measure.OWN:
            return {}
        known = levers() if measure is Measure.LEVER_FIRST else actors()
        return {item.id: item.name for item in known if item.id not in labels}

    def multiple(self, given: Mapping[str, Any], measure: Measure) -> Multiple:
        known = {item.id for item in domains()}
        codes = {}
        for answer, target in given["codes"].items():
            if measure in OF_DOMAINS or (target in known and measure not in OF_ITEMS):
                codes[answer] = About(domain=self.domain(target, "multiple", "codes", answer))
            else:
                codes[answer] = About(item=target)
        return Multiple(given["column"], given["separator"], codes)

    def ranking(self, given: Mapping[str, Any]) -> Ranking:
        known = [item.id for item in levers()]
        items = list(given["columns"]) if "columns" in given else list(given["codes"].values())
        wrong = next((item for item in items if item not in known), None)
        if wrong is not None:
            raise self.wrong("no such lever", "ranking", value=wrong, remedy=near_or_known(wrong, known))
        if "columns" in given:
            return Ranking(by_item=given["columns"])
        if len(given["places"]) < len(set(items)) - 1:
            raise self.wrong("the places do not tell a whole ranking", "ranking", "places")
        return Ranking(places=tuple(given["places"]), codes=given["codes"])

    def base(self, given: Mapping[str, Any] | None) -> Base | None:
        if given is None:
            return None
        return Base(Text(**given["said"]), {column: _codes(codes) for column, codes in given["where"].items()})

    def domain(self, id: str, *path: str | int) -> str:
        known = [item.id for item in domains()]
        if id not in known:
            raise self.wrong("no such domain", *path, value=id, remedy=near_or_known(id, known))
        return id

    def wrong(
        self, message: str, *path: str | int, value: object = None, remedy: str | None = "correct the study file"
    ) -> DataError:
        return self.study.wrong(message, "questions", self.at, *path, value=value, remedy=remedy)


def _refuse_twice(study: StudyDocument, questions: tuple[Question, ...]) -> None:
    seen: set[tuple[Measure, About]] = set()
    for at, question in enumerate(questions):
        for about in question.abouts:
            if (question.measure, about) in seen:
                value = " ".join(filter(None, (question.measure.value, about.domain, about.item)))
                raise study.wrong("two questions tell the same", "questions", at, value=value)
            seen.add((question.measure, about))


def _codes(given: Iterable[Any]) -> tuple[str, ...]:
    """Codes as the file has them: ``1``, ``oui``."""
    return tuple(str(code).lower() if isinstance(code, bool) else str(code) for code in given)
