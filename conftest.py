"""The plug-ins of the suite, which hold all options, hooks and fixtures."""

pytest_plugins = ["suite.all_plugins"]
