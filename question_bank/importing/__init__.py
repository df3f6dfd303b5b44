"""Question banks as people have them: formats → `RawQuestion` → `Content` with its defects. No database.

`reading.read_bank` finds the format by content, `judging.examine` says of each question found whether it is
accepted, a duplicate or refused, and why.
"""
