"""See how neural networks work and learn, with live models."""

import os

# As with torch: two threads for one small product cost more than they gain, and spin while they
# wait (a row of 64 through a table of 768: 60 ms a text instead of 18, on both cores). numpy asks
# once, when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
