"""How a bank's database came to its present form, revision by revision.

Each stands alone, imports nothing of ours, and is never changed once released.
"""
