"""The stand-in's Merchant Dashboard, along the path that the documentation describes.

Source: facts 4 and 11.
"""
