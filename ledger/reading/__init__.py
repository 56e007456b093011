"""Statements, balances, the audit check and exports."""
