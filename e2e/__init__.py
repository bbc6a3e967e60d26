"""The tests: one file per promise to the shopper or the merchant."""
