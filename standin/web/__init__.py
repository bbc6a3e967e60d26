"""The provider's sites, one per host name."""
