"""A DCGAN on digits: its wall of fakes, judged, walked through, asked, collapsed."""
