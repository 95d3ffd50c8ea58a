"""What the desk leaves out (pages, which this site does not have, help that stands on another host), and its look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem

_UNUSED = {"explorer", "help"}


@hooks.register("construct_main_menu")
def without_pages(request: HttpRequest, items: list[Any]) -> None:
    """The menu, without pages and help."""
    items[:] = [item for item in items if item.name not in _UNUSED]


@hooks.register("construct_homepage_summary_items", order=1000)  # after those who add to it
def without_count(request: HttpRequest, items: list[Any]) -> None:
    """The figures of the first page, without the counts of what this site does not use."""
    items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]


@hooks.register("construct_reports_menu")
def without_reports_of_pages(request: HttpRequest, items: list[Any]) -> None:
    """Reports, without those about pages."""
    items[:] = [item for item in items if item.name not in {"locked-pages", "aging-pages", "page-types-usage"}]


@hooks.register("insert_global_admin_css")
def colours() -> str:
    """This site's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("odd17/desk.css"))


@hooks.register("insert_global_admin_js")
def names() -> str:
    """Names for what the desk leaves without one."""
    return format_html('<script src="{}"></script>', static("odd17/desk.js"))
