"""An example shop that sells cakes through Clover Hosted Checkout."""
