"""Where catalogue and oracle meet: each fault against the contract, and against the e2e tests."""
