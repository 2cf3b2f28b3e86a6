; Colours, in Helix's names.
;
; No node is captured twice. Of two captures of one node Helix took the first until 25.01 and takes the last since 25.07;
; of captures of nested nodes the innermost counts in both.

; --- Structure

(metadata "---" @punctuation.special)
(metadata_key) @attribute
(metadata_value) @string
(metadata_entry ":" @punctuation.delimiter)

(proposal_kind) @keyword.directive
(proposal_number) @constant

(title) @markup.heading.1
(title "#" @markup.heading.marker)
(subject) @markup.heading.2
(subject "##" @markup.heading.marker)
(line_break "##" @markup.heading.marker)
(division_heading) @markup.heading.3
(division_heading "###" @markup.heading.marker)
(section_heading) @markup.heading.4

(thematic_break) @punctuation.special

(reasons) @markup.quote

; --- Labels

(label_text) @markup.list.numbered

; --- Inside a paragraph

; Everywhere but in headings, which are one emphasis by themselves.
(clause (emphasis) @markup.italic)
(paragraph (emphasis) @markup.italic)
(reasons (emphasis) @markup.italic)
(footnote_definition (emphasis) @markup.italic)
(bracketed (emphasis) @markup.italic)
(pinned_citation (emphasis) @markup.italic)
(insertion (emphasis) @markup.italic)
(deletion (emphasis) @markup.italic)
(old_text (emphasis) @markup.italic)
(new_text (emphasis) @markup.italic)
(emphasis "*" @punctuation.special)

; The verb that opens a clause: `*Recalling* its resolution …`, `1. *Decides* that …`.
(clause . (emphasis "text" @keyword))
; Words are no named node, so that the first emphasis of a clause may stand amid it.
((clause . (label) . (emphasis "text" @keyword)) @_clause
  (#match? @_clause "^\\S{1,24}[.)、）．\\t]\\s*\\*"))
(clause
  .
  [
    (insertion . "{++" . (emphasis "text" @keyword))
    (deletion . "{--" . (emphasis "text" @keyword))
  ])

(bracketed ["[" "]"] @punctuation.bracket)

(pinned_citation) @markup.link.text
(pinned_citation ["[" "](" ")"] @punctuation.bracket)
(citation_target) @markup.link.url

(footnote_reference ["[^" "]"] @punctuation.bracket)
(footnote_definition ["[^" "]:"] @punctuation.bracket)
(footnote_name) @markup.link.label

(escape) @constant.character.escape

; --- Tracked changes

(insertion) @diff.plus
(deletion) @diff.minus
(old_text) @diff.minus
(new_text) @diff.plus
(insertion ["{++" "++}"] @punctuation.special)
(deletion ["{--" "--}"] @punctuation.special)
(substitution ["{~~" "~>" "~~}"] @punctuation.special)

(comment) @comment.block

; An opener without its closer: most likely a slip.
(unclosed_change) @error
