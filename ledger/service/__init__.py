"""Activities and service records: from a deed to points."""
