"""How odd17 draws the key of a second factor."""

from __future__ import annotations

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from qrcode.image.svg import SvgPathImage


class SecondFactor(DefaultMFAAdapter):
    """The drawing stands in the page: a picture written into an address would be stopped by the site's policy."""

    def build_totp_svg(self, url: str) -> str:
        """Draw the key as an element of a page."""
        return str(qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode"))
