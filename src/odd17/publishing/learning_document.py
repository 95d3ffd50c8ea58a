"""The certificate of a learning module as a document to print."""

from __future__ import annotations

from datetime import date

from odd17.core.resources.learning import Module

from .document import Document, Heading, Paragraph, Points
from .format import day
from .language import translator


def certificate_document(module: Module, name: str, passed: date, right: int, language: str) -> Document:
    """That ``name`` read every step of ``module`` and passed its quiz on ``passed``, with ``right`` right answers."""
    _ = translator(language)
    return Document(
        _("Certificate of completion"),
        _("odd17 · learning"),
        _.language,
        (
            Paragraph(
                _(
                    "{name} has read every step of the module “{title}” and passed its quiz.",
                    name=name,
                    title=module.title.in_language(_.language),
                )
            ),
            Heading(_("What the module teaches")),
            Paragraph(module.summary.in_language(_.language)),
            Points(tuple(step.title.in_language(_.language) for step in module.steps), numbered=True),
            Heading(_("What this certificate says")),
            Paragraph(
                _(
                    "It says that the module was followed to its end. The name is the one that its holder typed: "
                    "nobody checked who they are, and odd17 keeps no copy."
                ),
                quiet=True,
            ),
            Paragraph(module.source.in_language(_.language), quiet=True),
        ),
        _("odd17, learning modules"),
        (
            (_("Completed on"), day(passed, _.language)),
            (
                _("Quiz"),
                _(
                    "{right} right answers out of {count}; {enough} were asked for",
                    right=right,
                    count=len(module.questions),
                    enough=module.enough,
                ),
            ),
            (_("Duration"), _("about {minutes} minutes", minutes=module.minutes)),
            (_("Version of the module"), str(module.version)),
        ),
    )
