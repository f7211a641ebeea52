"""One kernel over one picture, window by window."""
