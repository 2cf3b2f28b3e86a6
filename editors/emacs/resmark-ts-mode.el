;;; resmark-ts-mode.el --- Resmark coloured by its tree-sitter grammar  -*- lexical-binding: t; -*-

;; Author: The Resmark developers
;; URL: https://github.com/resmark/resmark
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; `resmark-mode' for Emacs 29 and later, where the grammar can be loaded.  It
;; sees what a regexp cannot: in which part of a tracked change a label
;; stands, and where a clause ends.

;;; Code:

(require 'resmark-mode)

(declare-function treesit-font-lock-rules "treesit")
(declare-function treesit-major-mode-setup "treesit")
(declare-function treesit-parser-create "treesit.c")

(defvar treesit-font-lock-settings)
(defvar treesit-font-lock-feature-list)
(defvar treesit-defun-type-regexp)

(defvar resmark-ts--rules
  (when (fboundp 'treesit-font-lock-rules)
    (treesit-font-lock-rules
     :language 'resmark
     :feature 'heading
     '((title) @resmark-title
       (subject) @resmark-subject
       (division_heading) @resmark-division
       (section_heading) @resmark-section
       (proposal_kind) @resmark-proposal
       (proposal_number) @resmark-proposal
       (reasons) @resmark-reasons)

     :language 'resmark
     :feature 'metadata
     '((metadata_key) @resmark-key
       (metadata_value) @resmark-value)

     :language 'resmark
     :feature 'label
     '((label_text) @resmark-label)

     :language 'resmark
     :feature 'verb
     ;; Words are no named node, so that the first emphasis of a clause may stand amid it.
     '((clause :anchor (emphasis) @resmark-verb)
       ((clause :anchor (label) :anchor (emphasis) @resmark-verb) @clause
        (:match "\\`[^[:space:]]\\{1,24\\}[.)、）．\t][ \t]*\\*" @clause))
       (clause :anchor (insertion :anchor "{++" :anchor (emphasis) @resmark-verb))
       (clause :anchor (deletion :anchor "{--" :anchor (emphasis) @resmark-verb)))

     :language 'resmark
     :feature 'emphasis
     :override 'append
     '((clause (emphasis) @resmark-emphasis)
       (paragraph (emphasis) @resmark-emphasis)
       (reasons (emphasis) @resmark-emphasis)
       (bracketed (emphasis) @resmark-emphasis)
       (insertion (emphasis) @resmark-emphasis)
       (deletion (emphasis) @resmark-emphasis)
       (old_text (emphasis) @resmark-emphasis)
       (new_text (emphasis) @resmark-emphasis)
       (footnote_definition (emphasis) @resmark-emphasis))

     :language 'resmark
     :feature 'citation
     :override 'append
     '((pinned_citation) @resmark-citation)

     :language 'resmark
     :feature 'change
     :override 'append
     '((insertion) @resmark-insertion
       (deletion) @resmark-deletion
       (new_text) @resmark-insertion
       (old_text) @resmark-deletion)

     :language 'resmark
     :feature 'sigil
     :override t
     '(["#" "##" "###"] @resmark-sigil
       (metadata "---" @resmark-sigil)
       (thematic_break) @resmark-sigil
       (insertion ["{++" "++}"] @resmark-sigil)
       (deletion ["{--" "--}"] @resmark-sigil)
       (substitution ["{~~" "~>" "~~}"] @resmark-sigil)
       (pinned_citation ["[" "](" ")"] @resmark-sigil)
       (footnote_reference) @resmark-sigil
       (footnote_definition ["[^" "]:"] @resmark-sigil)
       (unclosed_change) @resmark-unclosed)

     :language 'resmark
     :feature 'comment
     :override t
     '((comment) @resmark-comment)))
  "How `resmark-ts-mode' colours a text.")

;;;###autoload
(define-derived-mode resmark-ts-mode resmark-mode "Resmark"
  "Major mode for drafting resolutions in Resmark, coloured by its grammar.
\\[beginning-of-defun] and \\[end-of-defun] go from clause to clause.

\\{resmark-ts-mode-map}"
  (when (resmark-grammar-ready-p)
    (treesit-parser-create 'resmark)
    (setq-local treesit-font-lock-settings resmark-ts--rules
                treesit-font-lock-feature-list
                '((heading comment) (label change metadata) (verb emphasis citation sigil))
                treesit-defun-type-regexp "\\`clause\\'")
    (treesit-major-mode-setup)))

(provide 'resmark-ts-mode)
;;; resmark-ts-mode.el ends here
