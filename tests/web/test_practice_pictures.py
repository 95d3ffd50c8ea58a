"""Pictures of practices are read by those who may read the practice that shows them, and by nobody else."""

from __future__ import annotations

import gc
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

NOW = datetime.now(tz=UTC)


def picture(title: str = "Un rucher"):
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30)).save(drawn, "PNG")
    return apps.get_model("wagtailimages", "Image").objects.create(
        title=title, file=ContentFile(drawn.getvalue(), "rucher.png"), width=40, height=30
    )


def written(**values):
    """A practice, public unless said otherwise."""
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    whole = {"title": "Le rucher", "locale": locale, "live": True, "first_published_at": now, "last_published_at": now}
    return apps.get_model("practices", "Practice").objects.create(**whole | values)


def told(image) -> str:
    return json.dumps([{"type": "picture", "value": image.pk}])


def address(practice, image) -> str:
    return f"/pratiques/{practice.pk}/images/{image.pk}.webp"


def at_the_desk(image) -> str:
    return image.get_rendition("width-900|format-webp").url


pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # Wagtail's, of a picture that it drew


@pytest.fixture(autouse=True)
def _none_left(author):
    yield
    gc.collect()
    apps.get_model("practices", "Practice").objects.all().delete()
    apps.get_model("wagtailimages", "Image").objects.all().delete()


def test_a_public_practice_gives_its_pictures(client: Client) -> None:
    beside, within = picture("Les <abeilles>"), picture("Le miel")
    practice = written(picture=beside, story=told(within))
    page = client.get(practice.get_absolute_url()).content.decode()
    assert 'alt="Les &lt;abeilles&gt;"' in page
    assert "/media/" not in page
    for image in (beside, within):
        assert f'src="{address(practice, image)}"' in page
        answer = client.get(address(practice, image))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
        assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (40, 30)
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert f'src="/en{address(practice, beside)}"' in client.get(f"/en{practice.get_absolute_url()}").content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"live": False},
        {"private": True},
        {"live": True, "expire_at": NOW - timedelta(hours=1)},
        {"live": False, "go_live_at": NOW + timedelta(hours=1)},
    ],
    ids=["draft", "members", "withdrawn", "not yet"],
)
def test_nobody_has_a_picture_whose_practice_they_may_not_read(client: Client, with_role, values: dict) -> None:
    image = picture()
    practice = written(picture=image, story=told(image), **values)
    for path in (address(practice, image), f"/en{address(practice, image)}", at_the_desk(image)):
        assert client.get(path).status_code == 404, path
    member = with_role("", "membre")
    answer = member.get(address(practice, image))
    assert answer.status_code == (200 if practice.private else 404)
    if practice.private:
        assert answer.headers["Cache-Control"] == "private, no-store"
        b"".join(answer.streaming_content)
    assert member.get(at_the_desk(image)).status_code == 404


def test_a_picture_goes_with_its_practice(client: Client) -> None:
    image = picture()
    practice = written(picture=image)
    assert client.get(address(practice, image)).status_code == 200
    practice.unpublish()
    assert client.get(address(practice, image)).status_code == 404


def test_a_practice_gives_no_picture_of_another(client: Client) -> None:
    hidden = picture()
    written(picture=hidden, live=False)
    public = written(picture=picture())
    for number in (hidden.pk, 2**70, 0):
        assert client.get(f"/pratiques/{public.pk}/images/{number}.webp").status_code == 404
    assert client.get(f"/pratiques/{2**70}/images/{hidden.pk}.webp").status_code == 404


def test_a_picture_of_a_draft_waits_for_it_to_be_published(client: Client) -> None:
    old, new = picture(), picture()
    practice = written(picture=old)
    practice.picture = new
    draft = practice.save_revision()
    assert client.get(address(practice, new)).status_code == 404
    assert client.get(address(practice, old)).status_code == 200
    draft.publish()
    assert client.get(address(practice, new)).status_code == 200
    assert client.get(address(practice, old)).status_code == 404


def test_the_desk_sees_what_it_chooses_from(client: Client, with_role) -> None:
    image = picture()
    assert client.get(at_the_desk(image)).status_code == 404
    answer = with_role("editor").get(at_the_desk(image))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    b"".join(answer.streaming_content)
    assert with_role("moderator").get("/media/images/none.webp").status_code == 404


def test_a_preview_shows_pictures_at_the_desk(with_role) -> None:
    editor, image, path = with_role("editor"), picture(), "/admin/snippets/practices/practice/preview/"
    sets = {f"{name}-{part}_FORMS": "0" for name in ("partners", "impacts") for part in ("TOTAL", "INITIAL", "MIN_NUM")}
    form = sets | {"title": "Le rucher", "licence": "etalab-2.0", "picture": str(image.pk), "story-count": "0"}
    assert editor.post(path, form).json()["is_valid"]
    assert f'src="{at_the_desk(image)}"' in editor.get(f"{path}?mode=").content.decode()


def test_a_picture_whose_file_is_lost_leaves_the_page_standing(client: Client) -> None:
    image = picture()
    practice = written(picture=image)
    image.file.delete(save=False)
    assert client.get(practice.get_absolute_url()).status_code == 200
    assert client.get(address(practice, image)).status_code == 404
