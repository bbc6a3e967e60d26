"""Commands that are run beside the suite."""
