"""What must hold, one noun a file: each reads rows as they pass and notes what does not follow from the others."""
