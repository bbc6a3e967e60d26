"""Recorded observations and verdicts: data only."""
