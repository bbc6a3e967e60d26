"""A second provider, written apart from the stand-in, to rehearse runs on a sandbox."""
