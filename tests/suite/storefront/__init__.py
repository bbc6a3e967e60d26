"""Tests of the shop under test: its process, its steps and its books."""
