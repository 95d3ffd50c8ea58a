"""Self-diagnosis: questionnaires, the profile of an answer, and the mirror that peers hold up to it."""
