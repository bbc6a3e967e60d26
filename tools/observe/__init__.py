"""Observation of what a target really does."""
