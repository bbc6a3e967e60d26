"""The stand-in's Merchant Dashboard, along the path that the documentation describes.

Source: docs/sources.md, Dashboard.
"""
