"""A customer's own pages; logging in and out is allauth's."""
