"""What generators are used for: filling in what is missing, turning sketches into pictures."""
