; Things to select and to move by.
;
; Under their own names: `clause`, `section`, `resolution`, `division`, `paragraph`, `label`, `change`, `comment`. And, for
; the keys that editors bind by default, under the names of programs: a clause is a function, a section a class, a label a
; parameter. An inner clause is one without its label, an inner section one without its heading.

(resolution) @resolution.outer
(division) @division.outer

(section) @section.outer @class.outer
(section (section_heading) _+ @section.inner @class.inner)

(clause) @clause.outer @function.outer
(clause . (label) _+ @clause.inner @function.inner)
(clause
  .
  [
    (insertion . "{++" . (label) _+ @clause.inner @function.inner . "++}")
    (deletion . "{--" . (label) _+ @clause.inner @function.inner . "--}")
  ])

(paragraph) @paragraph.outer @paragraph.inner

(label) @label.outer @parameter.outer
(label) @label.inner @parameter.inner

[
  (insertion)
  (deletion)
  (substitution)
] @change.outer
(insertion "{++" _+ @change.inner "++}")
(deletion "{--" _+ @change.inner "--}")
(substitution (new_text) @change.inner)

(comment) @comment.outer
(comment "text" @comment.inner)
