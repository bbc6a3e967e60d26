"""The redirect as pure steps: from what happened at the checkout to a redirect plan."""
