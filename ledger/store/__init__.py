"""The only room that speaks SQL: schema, engines, the writer, and the pages that are read."""
