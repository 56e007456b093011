"""The pure heart of the bank: what a posting is, when it is refused, and what its public bytes are. Standard library
only.
"""
