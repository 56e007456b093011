"""Organisations, volunteers and staff."""
