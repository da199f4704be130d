"""Records in the admin, to be read: orders, payments, messages, stock movements."""
