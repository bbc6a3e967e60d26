"""Settings of a run: options, environment and ``.env``."""
