"""The command ``python -m standin``: its options, its settings file and what it prints."""
