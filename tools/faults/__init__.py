"""Fault proof: each catalogued fault must turn a test red."""
