"""What can go wrong between two machines: what passes with time, and what does not."""

from __future__ import annotations

from odd17.core.kernel import Message, Odd17Error


class Offline(Odd17Error):
    """A host cannot be reached at all: this machine has no network, or the host is down."""

    def __init__(self, host: str, why: Message) -> None:
        self.host = host
        super().__init__(
            Message(
                "{host} cannot be reached: {why}. Remedy: check the connection, then run the command again.",
                host=host,
                why=why,
            )
        )


class GaveUp(Odd17Error):
    """A server failed each time it was asked; ``status`` is its last answer, None where the connection broke."""

    def __init__(self, message: str, *, status: int | None) -> None:
        self.status = status
        super().__init__(message)


class Passing(Exception):
    """Something that may pass: a refusal for a while, a failure of the server, a broken connection.

    ``wait`` is how long the server asks to wait, in seconds, where it does.
    """

    def __init__(self, message: str, *, wait: float | None = None, status: int | None = None) -> None:
        self.said = message if isinstance(message, Message) else Message(message)
        self.wait, self.status = wait, status
        super().__init__(message)

    def final(self, address: str, attempts: int) -> GaveUp:
        """The error to show once ``attempts`` have failed in this way."""
        return GaveUp(
            Message(
                "{address}: {trouble} ({attempts} attempts). Remedy: run the command again later: what was "
                "fetched is kept.",
                address=address,
                trouble=self.said,
                attempts=attempts,
            ),
            status=self.status,
        )
