"""What other apps listen to."""

from __future__ import annotations

from django.dispatch import Signal

account_erased = Signal()
"""Sent in the transaction that erases a person (argument ``account``): each app takes the name off what it keeps."""

account_opened = Signal()
"""Sent when a person opens their account (argument ``account``): each app answers with the ``Holding`` of theirs."""

account_told = Signal()
"""Sent when a person asks what is kept of them (argument ``account``): each app answers with a dictionary of it."""
