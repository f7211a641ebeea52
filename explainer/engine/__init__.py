"""Learning without a screen: experiments, their thread, their film; no Qt."""
