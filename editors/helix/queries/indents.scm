; What a new line does: it stands where the line above it stood, but behind a colon one step in, where sub-clauses begin.

((clause . (label) "text" @_words) @indent @extend
  (#match? @_words "[:：]\\s*$"))
