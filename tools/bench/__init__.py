"""Measurements of speed, memory and stability."""
