"""``python shop.py``: the shop, from any working folder."""

import runpy
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])
runpy.run_module("examples.flask_shop", run_name="__main__")
