"""Reports of a run: terminal, HTML, JUnit, CTRF and GitHub."""
