"""The documentation and the workflows say what is so."""
