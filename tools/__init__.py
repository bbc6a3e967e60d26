"""Commands beside the test run."""
