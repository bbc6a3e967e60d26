"""Faults in what becomes of the placeholders."""

from standin.faults.fault import Fault
from standin.redirect.steps import SESSION_PLACEHOLDER

FAULTS = (
    Fault(
        name="placeholders-untouched",
        breaks="placeholders arrive as they were written",
        clause="no-literal-placeholder",
        why="seen in production",
        source="facts 3.3 row 1; polar #9256",
        substitute=lambda _situation, given, _right: given,
    ),
    Fault(
        name="first-placeholder-only",
        breaks="only the first session id of a URL is substituted",
        clause="no-literal-placeholder",
        why="a replace that stops at its first match",
        source="measured with vercel-labs/emulate 0.8.0",
        substitute=lambda situation, given, _right: given.replace(
            SESSION_PLACEHOLDER, situation.session_id, 1
        ),
    ),
)
