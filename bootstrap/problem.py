"""What can be wrong with the machine, said in one sentence."""


class SetUpProblem(RuntimeError):
    """Something the suite needs is not there; the message says what and how to get it."""

    category = "suite problem"
