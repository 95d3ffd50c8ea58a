"""Requests for help: who asks, for what, where and when, and what was said. None of it is public."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from odd17.core.resources.access import Service, service
from odd17.core.resources.requests import State, is_late, next_states
from odd17.web.contributions.models import new_token


class AccessRequest(models.Model):
    """A request for a service. ``token`` opens it to who asks, ``confirming`` confirms the address."""

    STATES = (
        (State.RECEIVED.value, _("received")),
        (State.DISCUSSED.value, _("in discussion")),
        (State.AGREED.value, _("agreed")),
        (State.DONE.value, _("done")),
        (State.DECLINED.value, _("declined")),
    )

    service = models.CharField(max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=State.RECEIVED.value)
    language = models.CharField(max_length=5)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="access_requests"
    )
    charge = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests_in_charge"
    )
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    email = models.EmailField()
    need = models.TextField()
    territory = models.CharField(max_length=40, blank=True)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    confirming = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    once = models.CharField(max_length=200, unique=True, editable=False)  # of the form that made it
    version = models.PositiveIntegerField(
        default=1, editable=False
    )  # of what is decided: two people may decide at once
    made = models.DateTimeField(auto_now_add=True)
    confirmed = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request for a service")
        verbose_name_plural = _("requests for services")
        ordering = ("confirmed", "pk")
        permissions = (("handle_request", _("Can read and answer requests for services")),)

    def __str__(self) -> str:
        return f"{self.service} {self.pk}"

    def get_absolute_url(self) -> str:
        """Where who asks follows it: a secret address."""
        return reverse("access_request", args=[self.token])

    @property
    def what(self) -> Service:
        """The service asked for."""
        return service(self.service)

    @property
    def next_choices(self) -> list[tuple[str, str]]:
        """The states that it may go to, with their names."""
        names = dict(self.STATES)
        return [(state.value, names[state.value]) for state in next_states(State(self.state))]

    @property
    def promised(self) -> date | None:
        """The day by which a first answer is promised; None once there is one, and before the address is confirmed."""
        if self.confirmed is None or self.state != State.RECEIVED:
            return None
        return timezone.localdate(self.confirmed) + timedelta(days=settings.ANSWER_DAYS)

    @property
    def late(self) -> bool:
        """Whether its first answer is later than promised."""
        if self.confirmed is None:
            return False
        since = timezone.localdate(self.confirmed)
        return is_late(State(self.state), since, timezone.localdate(), settings.ANSWER_DAYS)


class RequestMessage(models.Model):
    """What one side wrote to the other; ``from_staff`` stays when the writer's account is erased."""

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="messages")
    from_staff = models.BooleanField()
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    text = models.TextField()
    once = models.CharField(max_length=200, unique=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.request_id} {self.pk}"
