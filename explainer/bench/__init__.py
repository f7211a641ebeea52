"""What `main.py bench` measures, one file each; nothing of the program imports it."""
