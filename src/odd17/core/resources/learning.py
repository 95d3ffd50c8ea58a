"""A learning module: steps in their order, then a short quiz; one version, for good.

What somebody read and answered keeps the version that they began: what is taught changes in a new version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from odd17.core.kernel import DataError, Message, Text


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the items of a list where it is ``listed``."""

    texts: tuple[Text, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the platform: its ``path`` in French, as in ``/methode/``, and what it is called."""

    path: str
    name: Text


@dataclass(frozen=True, slots=True)
class Step:
    """A step to read. ``after``: the steps that come before it."""

    id: str
    title: Text
    passages: tuple[Passage, ...]
    pages: tuple[PageLink, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen, and ``why`` it is right or not."""

    id: str
    label: Text
    right: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the quiz; one of its choices is right."""

    id: str
    wording: Text
    choices: tuple[Choice, ...]

    def choice(self, id: str) -> Choice:
        """The choice of this identifier; KeyError where there is none."""
        return {one.id: one for one in self.choices}[id]


@dataclass(frozen=True, slots=True)
class Module:
    """One version of a module. ``enough``: the right answers that pass the quiz.

    ``retired``: whoever began it may finish it, nobody begins it anew. ``source`` says where its facts come from.
    """

    id: str
    version: int
    title: Text
    summary: Text
    minutes: int
    source: Text
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    enough: int
    retired: bool = False

    def step(self, id: str) -> Step:
        """The step of this identifier; KeyError where there is none."""
        return {one.id: one for one in self.steps}[id]


def check_module(module: Module, file: str | None = None) -> Module:
    """``module`` where it can be followed to its end.

    Raises DataError on: identifiers given twice; a step that waits for one that does not come before it; a question
    without a right answer, or with several; more right answers asked for than there are questions.
    """
    for column, ids in (
        ("steps", [one.id for one in module.steps]),
        ("quiz", [one.id for one in module.questions]),
        *((question.id, [one.id for one in question.choices]) for question in module.questions),
    ):
        for value in _twice(ids):
            raise DataError(
                "two of them share this identifier", file=file, column=column, value=value, remedy="rename one"
            )
    before: set[str] = set()
    for step in module.steps:
        for awaited in step.after:
            if awaited not in before:
                raise DataError(
                    "nobody ever comes to this step: what it waits for does not come before it", file=file,
                    column=step.id, value=awaited, remedy="name steps that stand above it under `after`",
                )  # fmt: skip
        before.add(step.id)
    for question in module.questions:
        right = sum(choice.right for choice in question.choices)
        if right == 0:
            raise DataError(
                "no answer to this question is right", file=file, column=question.id,
                remedy="write `right: true` under the right one",
            )  # fmt: skip
        if right > 1:
            raise DataError(
                "several answers to this question are right", file=file, column=question.id, value=right,
                remedy="leave one right, or ask two questions",
            )  # fmt: skip
    if not 1 <= module.enough <= len(module.questions):
        raise DataError(
            Message("nobody can pass a quiz of {count} questions so", count=len(module.questions)), file=file,
            column="enough", value=module.enough, remedy="ask for at least one and at most all of them",
        )  # fmt: skip
    return module


def open_steps(module: Module, read: Collection[str]) -> tuple[Step, ...]:
    """The steps that may be read by somebody who has read ``read``: those of which all that comes before is read."""
    return tuple(step for step in module.steps if all(awaited in read for awaited in step.after))


def next_step(module: Module, read: Collection[str]) -> Step | None:
    """The first step that is open and not read; None where everything is read."""
    return next((step for step in open_steps(module, read) if step.id not in read), None)


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with what was chosen, None where nothing was."""

    question: Question
    chosen: Choice | None

    @property
    def right(self) -> bool:
        """Whether the right answer was chosen."""
        return self.chosen is not None and self.chosen.right


@dataclass(frozen=True, slots=True)
class Marks:
    """A quiz marked, question by question."""

    marked: tuple[Marked, ...]
    enough: int

    @property
    def right(self) -> int:
        """How many right answers."""
        return sum(one.right for one in self.marked)

    @property
    def missing(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        return tuple(one.question for one in self.marked if one.chosen is None)

    @property
    def passed(self) -> bool:
        """Whether everything is answered, and enough of it right."""
        return not self.missing and self.right >= self.enough


def mark(module: Module, answers: Mapping[str, str]) -> Marks:
    """The marks of ``answers`` (question to choice); DataError on what this version does not ask or offer."""
    asked = {question.id: {choice.id for choice in question.choices} for question in module.questions}
    for question, choice in answers.items():
        if question not in asked:
            raise DataError("this version does not ask this", column="quiz", value=question)
        if choice not in asked[question]:
            raise DataError("this version does not offer this answer", column=question, value=choice)
    return Marks(
        tuple(
            Marked(question, question.choice(answers[question.id]) if question.id in answers else None)
            for question in module.questions
        ),
        module.enough,
    )


def completed(module: Module, read: Collection[str], passed: bool) -> bool:
    """Whether a certificate can be given: every step read, and the quiz passed."""
    return passed and next_step(module, read) is None


def _twice(ids: Sequence[str]) -> Iterator[str]:
    met: set[str] = set()
    for id in ids:
        if id in met:
            yield id
        met.add(id)
