"""The example programs, without a browser."""
