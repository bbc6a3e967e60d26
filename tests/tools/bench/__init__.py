"""Tests of the measurements, without a browser."""
