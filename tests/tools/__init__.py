"""Tests of the commands beside the run."""
