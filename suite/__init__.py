"""How a run works: settings, targets, fixtures, evidence and reports."""
