"""The catalogue of faults against the contract and the end-to-end tests."""
