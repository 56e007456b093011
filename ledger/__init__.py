"""The points bank. It knows nothing of HTTP, tokens or JSON bodies; `README.md` beside this file is the map of its
rooms.
"""
