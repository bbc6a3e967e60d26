"""One shopper in one checkout: actions, observation and assertions."""
