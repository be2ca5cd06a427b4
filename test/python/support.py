"""What the tests of the runner share: its package on the path, and small programs."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "src", "runner", "python"))
