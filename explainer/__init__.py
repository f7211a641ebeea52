"""See how neural networks work and learn, with live models."""
