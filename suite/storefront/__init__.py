"""The shop under test: its process, its pages and its order books."""
