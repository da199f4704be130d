"""What the pretend providers answer, and the phone they ring."""
