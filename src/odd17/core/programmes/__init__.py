"""Programmes of measures: what was promised, how far along each measure is on any day, and what was paid for."""
