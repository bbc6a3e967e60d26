"""Tests of the stand-in, over real connections where a connection is involved."""
