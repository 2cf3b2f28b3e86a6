; What `ma…` and `mi…` select, and `[…` and `]…` go to, under the keys that Helix has for programs:
;
;   f  a clause; inside: without its label        a  a label
;   t  a section; inside: without its heading     c  a comment
;   e  a tracked change; inside: its words        T  a resolution of several in one file

(clause) @function.around
(clause . (label) _+ @function.inside)
(clause
  .
  [
    (insertion . "{++" . (label) _+ @function.inside . "++}")
    (deletion . "{--" . (label) _+ @function.inside . "--}")
  ])

(section) @class.around
(section (section_heading) _+ @class.inside)

(label) @parameter.around @parameter.inside

[
  (insertion)
  (deletion)
  (substitution)
] @entry.around
(insertion "{++" _+ @entry.inside "++}")
(deletion "{--" _+ @entry.inside "--}")
(substitution (new_text) @entry.inside)

(comment) @comment.around
(comment "text" @comment.inside)

(resolution) @test.around
