"""Products in the admin: list, form, stock, copies, bulk actions, export."""
