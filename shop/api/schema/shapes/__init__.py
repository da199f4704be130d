"""The shapes of answers, for the description only: answers are written as plain values."""
