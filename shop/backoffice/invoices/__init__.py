"""Invoices and credit notes, for whoever keeps the books."""
