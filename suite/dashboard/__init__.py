"""Changes to a merchant's dashboard, and their reversal."""
