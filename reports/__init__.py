"""What a run leaves behind: evidence, reports, triage, history and the way to repeat a failure."""
