"""The axes of a kit as its page and the API show them: of what they lead to, only what is public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from odd17.core.kernel import Text
from odd17.core.resources.access import kit_axes
from odd17.core.resources.library import KIT
from odd17.web.practices.models import Practice
from odd17.web.practices.selectors import published as published_practices

from .models import Resource
from .selectors import published


@dataclass(frozen=True, slots=True)
class AxisShown:
    """One axis of a kit; ``is_told`` where there is anything."""

    name: Text
    id: str
    text: SafeString
    resources: tuple[Resource, ...]
    practices: tuple[Practice, ...]
    links: tuple[tuple[str, str], ...]

    @property
    def is_told(self) -> bool:
        """Whether the axis says anything."""
        return bool(self.text or self.resources or self.practices or self.links)


def axes_shown(resource: Resource) -> tuple[AxisShown, ...]:
    """The four axes of a kit, told or not; none of anything else."""
    return tuple(_axes(resource)) if resource.kind == KIT else ()


def _axes(resource: Resource) -> Iterator[AxisShown]:
    told = {block.block_type: block.value for block in resource.kit}
    resources = _public(published(), told.values(), "resources")
    practices = _public(published_practices(), told.values(), "practices")
    for axis in kit_axes():
        value = told.get(axis.id)
        if value is None:
            yield AxisShown(axis.name, axis.id, SafeString(""), (), (), ())
            continue
        yield AxisShown(
            axis.name,
            axis.id,
            SafeString(expand_db_html(value["text"].source)),
            tuple(one for one in value["resources"] if one is not None and one.pk in resources),
            tuple(one for one in value["practices"] if one is not None and one.pk in practices),
            tuple((link["label"], link["address"]) for link in value["links"]),
        )


def _public(public: QuerySet, values: object, name: str) -> set[int]:
    """The numbers of those that the axes lead to under ``name`` and everybody may read."""
    led = [one.pk for value in values for one in value[name] if one is not None]
    return set(public.filter(pk__in=led).values_list("pk", flat=True)) if led else set()
