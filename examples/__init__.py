"""Programs that show how a merchant uses what this project tests."""
