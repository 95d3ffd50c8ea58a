"""The largest file that anybody may send: cut off while it comes in, before it fills the disk."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpResponse

View = Callable[..., HttpResponse]

MOST_BYTES = 50 * 2**20
"""Of all the files of one form together, unless its view says less."""


def takes_at_most(most: int) -> Callable[[View], View]:
    """A view to which files of ``most`` bytes together may be sent; more is refused before it is read."""

    def limited(view: View) -> View:
        view.most_bytes = most
        return view

    return limited


class Quota(FileUploadHandler):
    """Counts what comes in, and stops it past ``MOST_BYTES`` or at once where the form says that it is longer.

    The form then has no file; ``request.upload_cut`` tells so.
    """

    def __init__(self, request: object = None) -> None:
        super().__init__(request)
        self.seen = 0
        self.most = MOST_BYTES
        self.announced = 0

    def handle_raw_input(
        self,
        input_data: object,
        META: object,  # noqa: N803 - the name that Django gives it
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Hear how long the form says that it is, and what its view takes."""
        self.announced = content_length
        match = getattr(self.request, "resolver_match", None)
        self.most = getattr(match.func, "most_bytes", MOST_BYTES) if match else MOST_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on to the handlers that keep it."""
        self.seen += len(raw_data)
        if self.seen > self.most or (self.most < MOST_BYTES and self.announced > self.most):
            self.request.upload_cut = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""
        return None
