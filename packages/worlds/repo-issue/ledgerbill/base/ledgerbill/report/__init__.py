"""Reports over accounts and invoices."""
