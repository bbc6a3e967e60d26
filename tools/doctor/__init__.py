"""Checks of everything that a run needs, before the run."""
