"""Runs of the workflows' scripts."""
