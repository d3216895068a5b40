"""`python -m ui` is `dateline`."""

import sys

from ui.cli import main

sys.exit(main())
