"""A shop under test: its process, the shopper's way through it, and what it shows and books."""
