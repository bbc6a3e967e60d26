"""Tests of the merchant's side."""
