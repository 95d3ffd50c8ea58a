"""Table Schemas of what odd17 reads and writes, as schema.data.gouv.fr takes them: a folder a schema and version."""
