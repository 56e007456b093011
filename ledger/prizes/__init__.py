"""Prizes: catalogue, stock and redemptions."""
