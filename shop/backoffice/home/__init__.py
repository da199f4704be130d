"""The admin's first page: how the shop is doing."""
