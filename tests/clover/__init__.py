"""Tests of clover."""
