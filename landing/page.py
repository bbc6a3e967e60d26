"""HTML page of the merchant's site, which shows the arrival part by part.

It requests nothing and sets no policy that changes the browser's next requests, so that it never
causes another arrival.
"""

import base64
import hashlib
import re
from html import escape
from urllib.parse import unquote_plus

from records.observation import Arrival

TITLES = {
    "success": "Payment went through",
    "failure": "Payment did not go through",
    "cancel": "Payment was cancelled",
}
SHOWN_HEADERS = (
    "referer",
    "origin",
    "sec-fetch-site",
    "sec-fetch-mode",
    "sec-fetch-dest",
    "sec-fetch-user",
    "user-agent",
    "accept-language",
    "content-type",
)

STYLE = """
:root { color-scheme: light dark; --line: #d5d9de; --soft: #5b6470; --back: #f5f6f8; --card: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a4048; --soft: #a3acb8; --back: #16191d; --card: #1f2328; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
header { border-left: .4rem solid var(--tone); padding: .1rem 0 .1rem .9rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .25rem 0; color: var(--soft); }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  margin-top: 1rem; padding: 1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
tr:first-child > * { border-top: 0; }
th { width: 7.5rem; font-weight: 600; overflow-wrap: normal; }
td { white-space: pre-wrap; }
thead th { width: auto; color: var(--soft); font-size: .85rem; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: 0; white-space: pre-wrap; }
.success { --tone: #1a7f4b; } .failure { --tone: #c03535; } .cancel { --tone: #b27a09; }
.other { --tone: #4a6fa5; }
"""
SCRIPT = """
document.getElementById("fragment").textContent = location.hash || "none";
document.getElementById("address").textContent = location.href;
"""


def render(arrival: Arrival) -> str:
    """Return the HTML page for an arrival, with everything in it escaped."""
    scheme, _, rest = arrival.url.partition("://")
    path, mark, query = arrival.target.partition("?")
    outcome = _outcome(path)
    title = TITLES.get(outcome, "Someone arrived")
    parts = [
        ("Scheme", _code(scheme)),
        ("Host", _code(rest.partition("/")[0] or "none")),
        ("Path", _code(path)),
        ("Query", _code(mark + query) if mark else "none"),
        ("Fragment", '<code id="fragment">only the browser knows it</code>'),
        ("Address bar", '<code id="address">only the browser knows it</code>'),
    ]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body class="{outcome}">
<main>
<header>
<h1>{escape(title)}</h1>
<p>Arrival {arrival.number} at the merchant’s site: {_code(arrival.method)},
answered with {arrival.status}.</p>
</header>
<section><h2>Address</h2>{_rows(parts)}</section>
<section><h2>Parameters</h2>{_parameters(query)}</section>
<section><h2>Headers</h2>{_headers(arrival)}</section>
{_body(arrival)}</main>
<script>{SCRIPT}</script>
</body>
</html>
"""


def content_security_policy() -> str:
    """Return a policy that allows the page's style and script only.

    It allows framing, because a landing inside a frame must be recorded, not blocked.
    """
    return (
        f"default-src 'none'; style-src {_digest(STYLE)}; script-src {_digest(SCRIPT)};"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _outcome(path: str) -> str:
    words = set(re.split(r"[^a-z]+", path.lower()))
    named = [outcome for outcome in TITLES if outcome in words]
    return named[0] if len(named) == 1 else "other"


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _rows(rows: list[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><th>{escape(name)}</th><td>{value}</td></tr>" for name, value in rows)
    return f"<table>{cells}</table>"


def _parameters(query: str) -> str:
    if not query:
        return "<p>None.</p>"
    rows = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        cells = (escape(unquote_plus(name)), escape(unquote_plus(value)), _code(pair))
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    head = "<thead><tr><th>Name</th><th>Value</th><th>As sent</th></tr></thead>"
    return f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"


def _headers(arrival: Arrival) -> str:
    rows = [(name, _code(value)) for name, value in arrival.headers if name in SHOWN_HEADERS]
    return _rows(rows) if rows else "<p>None.</p>"


def _body(arrival: Arrival) -> str:
    if not arrival.body:
        return ""
    return f"<section><h2>Body</h2><pre>{escape(arrival.body)}</pre></section>\n"
