"""The merchant's side: the site shoppers land on, its journal and the browser's own trail.

Two witnesses that record and never judge: `landing.site` writes down what reached the merchant,
`landing.trail` what the browser asked for on the way.
"""
