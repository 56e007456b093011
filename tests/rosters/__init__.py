"""Tests of rosters: spreadsheets that become service records."""
