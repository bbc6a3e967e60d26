"""An example shop that sells one item through Clover Hosted Checkout."""

from examples.flask_merchant.app import create_app
from examples.flask_merchant.config import ConfigProblem, MerchantConfig, read_config
from examples.flask_merchant.serving import serve

__all__ = ["ConfigProblem", "MerchantConfig", "create_app", "read_config", "serve"]
