"""Start the program; see `python main.py --help`."""

from explainer.app import main

raise SystemExit(main())
