"""From what happened at the checkout to where the browser is sent: small pure steps."""
