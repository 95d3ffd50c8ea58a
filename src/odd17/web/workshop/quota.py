"""The largest file that anybody may send: cut off while it comes in, before it fills the disk."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST_BYTES = 50 * 2**20
"""Of all the files of one form together."""


class Quota(FileUploadHandler):
    """Counts what comes in, whatever the form says of its length, and stops it past ``MOST_BYTES``.

    The form then has no file; ``request.upload_cut`` tells so.
    """

    def __init__(self, request: object = None) -> None:
        super().__init__(request)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on to the handlers that keep it."""
        self.seen += len(raw_data)
        if self.seen > MOST_BYTES:
            self.request.upload_cut = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""
        return None
