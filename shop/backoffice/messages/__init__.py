"""What the shop says to people: the log, what the carrier told, alerts, broadcasts."""
