"""Evidence that a test leaves behind, without secrets."""
