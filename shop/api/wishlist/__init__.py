"""What customers want to find again."""
