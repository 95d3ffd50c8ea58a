"""Alliances: engagements, the innovation path, evaluation by the partners themselves."""
