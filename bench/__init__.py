"""Measurements: one script for each promise about speed, each measuring both sides of a ratio in one run."""
