"""What staff did: who, when, what, with which thing, and from where."""
