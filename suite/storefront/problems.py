"""What may be wrong with a shop under test; the category says whose bug it is."""


class ShopProblem(Exception):
    """A problem of the shop, or of the way to it."""

    category = "merchant site problem"


class ShopDown(ShopProblem):
    """The shop does not run, or its pages cannot be opened."""


class ShopRequestBug(ShopProblem):
    """The shop's create call is not what the case says."""

    category = "shop request bug"


class ShopPageBug(ShopProblem):
    """A page of the shop is not what the case says."""

    category = "shop page bug"


class ShopOrderBug(ShopProblem):
    """The shop's books are not what the case says."""

    category = "shop order bug"


class ProductionRefused(ShopProblem):
    """The shop uses Clover's production."""

    category = "target problem"


class OtherProvider(ShopProblem):
    """The shop uses another provider than the run."""

    category = "target problem"


class Unsupported(ShopProblem):
    """The target or the browser cannot do what the case asks for."""

    category = "suite problem"
