"""Word lists by which page objects find things, one module per subject."""
