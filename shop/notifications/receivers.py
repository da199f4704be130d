"""What notifications do when something happens."""
