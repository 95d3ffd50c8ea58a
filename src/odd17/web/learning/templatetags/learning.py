"""Words and links of learning."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()


@register.filter
def page_address(path: str) -> str:
    """The address of a page of the platform, in the reader's language, from the path of its French page."""
    prefix = "/en" if get_language() == "en" else ""
    return f"{get_script_prefix().rstrip('/')}{prefix}{path}"


@register.filter
def chosen_for(chosen: Mapping[str, str], question: str) -> str:
    """What was chosen for a question, or nothing."""
    return chosen.get(question, "")
