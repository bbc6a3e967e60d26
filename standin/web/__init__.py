"""The provider's sites, told apart by host name."""
