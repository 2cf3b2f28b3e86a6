; What stands further right than the line that it begins on: the further lines of a clause, and its sub-clauses.

(clause) @indent.begin
(footnote_definition) @indent.begin

; A comment is free text: keep what the drafter typed.
(comment) @indent.auto
