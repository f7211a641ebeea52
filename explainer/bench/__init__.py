"""What `main.py bench` measures, one file each; only `commands/bench.py` imports it."""
