"""What the desk shows of a proposal beside its practice."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from .models import Contribution


class ProposalPanel(Panel):
    """Who proposed, the files sent with it, and what was answered; absent where nobody proposed."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one practice."""

        template_name = "contributions/panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """The proposal, its files, and the contact that readers will see."""
            whole = super().get_context_data(parent_context)
            found = Contribution.objects.filter(practice=self.instance.pk or 0).first()
            return {**whole, "contribution": found, "files": found.attachments.all() if found else ()}

        def is_shown(self) -> bool:
            """Whether somebody proposed this practice."""
            return bool(self.instance.pk) and Contribution.objects.filter(practice=self.instance.pk).exists()
