"""What can go wrong in the shop before Clover's page is reached."""


class ShopProblem(Exception):
    """The shop under test cannot be used; the message names cause and cure."""

    category = "shop problem"
