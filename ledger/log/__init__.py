"""The transparency log: signed heads, tiles, receipts, witnesses. What is served here anybody may check."""
