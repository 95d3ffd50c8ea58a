"""A resource as the API gives it: what its page shows, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import override
from wagtail.rich_text import expand_db_html, get_text_for_indexing

from odd17.publishing.resource_payload import AxisTold, Led, PageTold, resource_payload

from .kit_page import AxisShown, axes_shown
from .models import Resource
from .selectors import library_resource, translations_of


def resource_told(resource: Resource, language: str) -> dict[str, Any]:
    """All that the page of a public resource tells, with the addresses of pages in ``language``."""
    with override(language):
        page = PageTold(
            path=resource.get_absolute_url(),
            html=expand_db_html(resource.text),
            axes=tuple(_axis(axis, language) for axis in axes_shown(resource) if axis.is_told),
            file_path=None if resource.file is None else reverse("resource_file", args=[resource.pk]),
            file_size=None if resource.file is None else resource.file.get_file_size(),
            translations=tuple((one.locale.language_code, one.get_absolute_url()) for one in translations_of(resource)),
            updated=None if resource.last_published_at is None else resource.last_published_at.isoformat(),
        )
    return resource_payload(library_resource(resource), page, language)


def _axis(axis: AxisShown, language: str) -> AxisTold:
    return AxisTold(
        id=axis.id,
        name=axis.name.in_language(language),
        text=get_text_for_indexing(axis.text),
        html=axis.text,
        links=axis.links,
        resources=_led(axis.resources),
        practices=_led(axis.practices),
    )


def _led(shown: Iterable[Any]) -> tuple[Led, ...]:
    return tuple(Led(str(one.pk), one.title, one.get_absolute_url()) for one in shown)
