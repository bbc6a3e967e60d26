"""What is known and believed about Clover, without a browser."""
