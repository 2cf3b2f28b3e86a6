; Colours. Capture names as Neovim and Helix know them; a theme that lacks one falls back along the dots.

; --- Structure

(metadata "---" @punctuation.special)
(metadata_key) @property
(metadata_value) @string
(metadata_entry ":" @punctuation.delimiter)

(proposal_kind) @keyword.directive
(proposal_number) @constant

(title) @markup.heading.1
(subject) @markup.heading.2
(division_heading) @markup.heading.3
(section_heading) @markup.heading.4
[
  "#"
  "##"
  "###"
] @punctuation.special

(thematic_break) @punctuation.special

(reasons) @markup.quote

; --- Labels

(label_text) @markup.list

; --- Inside a paragraph

(emphasis) @markup.italic
(emphasis "*" @punctuation.special)

; The verb that opens a clause: `*Recalling* its resolution …`, `1. *Decides* that …`.
(clause . (emphasis) @keyword)
; Words are no named node, so that the first emphasis of a clause may stand amid it.
((clause . (label) . (emphasis) @keyword) @_clause
  (#match? @_clause "^\\S{1,24}[.)、）．\\t]\\s*\\*"))
(clause . [(insertion . "{++" . (emphasis) @keyword) (deletion . "{--" . (emphasis) @keyword)])

(bracketed ["[" "]"] @punctuation.bracket)

(pinned_citation) @markup.link
(pinned_citation ["[" "](" ")"] @punctuation.bracket)
(citation_target) @markup.link.url

(footnote_reference ["[^" "]"] @punctuation.bracket)
(footnote_definition ["[^" "]:"] @punctuation.bracket)
(footnote_name) @markup.link.label

(escape) @string.escape

; --- Tracked changes

(insertion) @diff.plus
(deletion) @diff.minus
(old_text) @diff.minus
(new_text) @diff.plus
[
  "{++"
  "++}"
  "{--"
  "--}"
  "{~~"
  "~>"
  "~~}"
] @punctuation.special

(comment) @comment

; An opener without its closer: most likely a slip.
(unclosed_change) @comment.error
