"""`python -m newsarchive.cli` is `newsarchive`."""

import sys

from newsarchive.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
