"""How a run of the suite works."""
