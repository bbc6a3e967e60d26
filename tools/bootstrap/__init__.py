"""Sets up what a fresh clone lacks, with the standard library alone, and finds the browser."""
