"""The two witnesses: the merchant's site with its journal, and the browser's trail.

Both record and never judge.
"""
