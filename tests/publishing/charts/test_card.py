"""The picture for sharing says all that it can, within its frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from odd17.publishing.charts import card, svg
from odd17.publishing.charts.drawings import ShareCard

PRINTABLE = st.text(st.characters(exclude_categories=("C",)), max_size=400)


def lines_of(drawing: ShareCard) -> list[tuple[float, float, str]]:
    found = card.drawn(drawing).iter(svg.name("text"))
    return [(float(text.get("y", "")), float(text.get("font-size", "")), text.text or "") for text in found]


def test_a_card_says_title_kind_and_place() -> None:
    said = [text for _y, _size, text in lines_of(ShareCard("Une cantine", "Mécénat", "Rennes"))]
    assert said == ["Mécénat", "Une cantine", "Rennes", "odd17"]


def test_a_long_title_is_smaller_then_cut() -> None:
    short, long = lines_of(ShareCard("Une cantine", "", "")), lines_of(ShareCard("Une cantine " * 40, "", ""))
    assert long[0][1] < short[0][1]
    assert long[-2][2].endswith("…")


@given(PRINTABLE, PRINTABLE, PRINTABLE)
def test_nothing_leaves_the_frame(title: str, kind: str, place: str) -> None:
    for y, size, text in lines_of(ShareCard(title, kind, place)):
        assert 0 < y < card.HEIGHT
        assert len(text) * size * 0.52 <= card.WIDTH


def test_markup_in_a_title_is_text() -> None:
    assert "<script>" not in svg.written(card.drawn(ShareCard("<script>a</script>", "", "")))
