"""The four axes of a kit, each a text and what it leads to."""

from __future__ import annotations

import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.snippets.blocks import SnippetChooserBlock

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
_ADDRESS = re.compile(r"https?://[^\s/]+\S*|/(?![/\\])\S*")


def check_address(address: str) -> None:
    """Refuse what is neither an address of the web nor a path of this site."""
    if not _ADDRESS.fullmatch(address):
        raise ValidationError(_("Write an address that begins with https://, or with / for a page of this site."))


class Link(StructBlock):
    """A page of this site, or of another."""

    label = CharBlock(label=_("Words of the link"), max_length=200)
    address = CharBlock(label=_("Address"), max_length=500, validators=[check_address])


class Axis(StructBlock):
    """One axis: a text, resources of the library, practices, and links."""

    text = RichTextBlock(label=_("Text"), required=False, features=FEATURES)
    resources = ListBlock(
        SnippetChooserBlock("library.Resource", label=_("Resource")), label=_("Resources"), default=[], min_num=0
    )
    practices = ListBlock(
        SnippetChooserBlock("practices.Practice", label=_("Practice")), label=_("Practices"), default=[], min_num=0
    )
    links = ListBlock(Link(label=_("Link")), label=_("Links"), default=[], min_num=0)


class Kit(StreamBlock):
    """The axes, each at most once; their names are those of :func:`odd17.core.resources.access.kit_axes`."""

    reference = Axis(label=_("Reference document, from stakes to practice"))
    examples = Axis(label=_("Inspiring examples"))
    method = Axis(label=_("Method"))
    toolbox = Axis(label=_("Toolbox"))

    class Meta:
        block_counts: ClassVar = {axis: {"max_num": 1} for axis in ("reference", "examples", "method", "toolbox")}
