"""``python -m gipr_nlp`` is ``gipr``."""

import sys

from gipr_nlp.cli import process

if __name__ == "__main__":
    sys.exit(process())
