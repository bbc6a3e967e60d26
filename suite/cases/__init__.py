"""Checkouts described as TOML files."""
