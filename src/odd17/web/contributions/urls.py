"""Addresses of proposals; the parts that only e-mails have are secret."""

from __future__ import annotations

from django.urls import path

from .views.attachments import attachment
from .views.contact import contact, contact_file
from .views.links import confirm, resume, send_again
from .views.proposal import check, data, erase, proposal, step
from .views.start import start

urlpatterns = [
    path("proposer/", start, name="propose"),
    path("proposer/confirmer/<str:token>/", confirm, name="proposal_confirm"),
    path("proposer/reprendre/<str:token>/", resume, name="proposal_resume"),
    path("proposer/<int:number>/", proposal, name="proposal"),
    path("proposer/<int:number>/relire/", check, name="proposal_check"),
    path("proposer/<int:number>/renvoyer/", send_again, name="proposal_letter"),
    path("proposer/<int:number>/effacer/", erase, name="proposal_erase"),
    path("proposer/<int:number>/mes-donnees.json", data, name="proposal_data"),
    path("proposer/<int:number>/<slug:slug>/", step, name="proposal_step"),
    path("contact/<str:token>/", contact, name="contact"),
    path("contact/<str:token>/mes-donnees.json", contact_file, name="contact_file"),
    path("pieces/<int:number>/<str:name>", attachment, name="attachment"),
]
