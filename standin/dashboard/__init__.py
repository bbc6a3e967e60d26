"""The stand-in's Merchant Dashboard, with the navigation that the documentation describes.

Source: docs/sources.md, Dashboard.
"""
