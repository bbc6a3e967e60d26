"""Tests of how a run works."""
