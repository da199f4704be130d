"""What the shop is set up with: texts of messages, VAT, delivery."""
