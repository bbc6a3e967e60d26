"""The first contact with a sandbox: little is spent, and everything is kept."""
