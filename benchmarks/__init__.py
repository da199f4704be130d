"""What `make bench` runs: the shop's jobs under load, beside yardsticks of the same run."""
