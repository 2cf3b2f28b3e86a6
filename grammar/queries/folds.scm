; What can be folded.

[
  (metadata)
  (resolution)
  (division)
  (section)
  (clause)
  (reasons)
  (footnote_definition)
] @fold
