"""Tests of shops under test."""
