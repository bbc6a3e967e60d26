"""Tests of the page objects and their snapshot, on small static pages."""
