"""The clients, driven in a real browser against a real served bank."""
