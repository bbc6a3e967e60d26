"""The tests of this project itself: no browser, seconds."""
