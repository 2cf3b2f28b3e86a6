; Texts in other languages.

; Keys and values between `---` lines are YAML as well.
((metadata) @injection.content
  (#set! injection.language "yaml")
  (#set! injection.include-children))

; TODO, FIXME and links in a drafter's comments.
((comment) @injection.content
  (#set! injection.language "comment"))
