"""`python -m automation.agent` is `jobswipe-agent`."""

import sys

from automation.agent.cli import main

sys.exit(main())
