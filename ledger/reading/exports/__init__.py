"""The forms in which a bank's books leave it, one a file. None of them carries a name, a staff id or a private part."""
