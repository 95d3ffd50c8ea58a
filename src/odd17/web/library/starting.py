"""The library starts with what odd17 knows of: each resource once, whatever editors make of it afterwards."""

from __future__ import annotations

import json
import uuid
from typing import Any, Final

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import override
from wagtail.models import Locale

from odd17.core.resources.starting import Start, starting
from odd17.web.resources.places import place

from .models import RemovedResource, Resource
from .module_resources import module_starts, modules_follow

_LANGUAGES: Final = ("fr", "en")


@transaction.atomic
def library_start() -> int:
    """Publish those that are not there and that nobody removed; how many were. Those of modules follow them."""
    modules_follow()
    gone = set(RemovedResource.objects.values_list("origin", flat=True))
    there = set(Resource.objects.exclude(origin="").values_list("origin", "locale__language_code"))
    new = [
        one
        for one in (*starting(), *module_starts(_LANGUAGES))
        if one.origin not in gone and (one.origin, one.resource.language) not in there
    ]
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for one in new:
        if one.resource.language in locales:
            _resource(one, locales[one.resource.language]).save_revision().publish()
    return len(new)


def _resource(start: Start, locale: Locale) -> Resource:
    told = start.resource
    other = Resource.objects.filter(origin=start.origin).first()
    made = Resource(
        title=told.title,
        kind=told.kind,
        summary=told.summary,
        kit=_kit(start),
        audiences=list(told.audiences),
        goals=list(told.goals),
        producer=told.producer,
        licence=told.licence or "",
        day=told.day,
        years=told.years,
        link=told.link,
        sources="\n".join(told.sources),
        cited=told.cited,
        origin=start.origin,
        locale=locale,
        live=False,
        translation_key=other.translation_key if other is not None else uuid.uuid4(),
    )
    made.full_clean(exclude=("latest_revision", "live_revision"))
    made.save()
    return made


def _kit(start: Start) -> str:
    """The axes as the desk keeps them, with the addresses of the places in the language of the kit."""
    with override(start.resource.language):
        axes = [
            {"type": axis, "id": str(uuid.uuid4()), "value": _axis(text, start.leads_to.get(axis, ()))}
            for axis, text in start.resource.kit.items()
        ]
    return json.dumps(axes)


def _axis(text: str, leads_to: tuple[str, ...]) -> dict[str, Any]:
    places = [found for id in leads_to if (found := place(id)) is not None]
    return {
        "text": f"<p>{escape(text)}</p>",
        "resources": [],
        "practices": [],
        "links": [
            {"type": "item", "id": str(uuid.uuid4()), "value": {"label": str(one.name), "address": one.address}}
            for one in places
        ],
    }
