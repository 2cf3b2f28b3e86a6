;;; resmark-mode.el --- Major mode for drafting resolutions in Resmark  -*- lexical-binding: t; -*-

;; Author: The Resmark developers
;; URL: https://github.com/resmark/resmark
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, text
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Resmark is a plain-text markup for drafting resolutions (of the ITU, the
;; UN, the WHO, Model UN, any assembly), with a language server that checks the
;; numbering of clauses, follows citations and renumbers clauses together with
;; every reference to them.
;;
;; This is the mode for files that end in ".resmark": colours, filling,
;; comments, folding.  What needs the server is in resmark-eglot.el and starts
;; by itself where the program `resmark' is found.  Where Emacs can load the
;; tree-sitter grammar, `resmark-ts-mode' colours by it.
;;
;;     (add-to-list 'load-path "/path/to/editors/emacs")
;;     (require 'resmark-mode)

;;; Code:

(require 'rx)
(require 'easymenu)
(require 'seq)

(declare-function resmark-eglot-ensure "resmark-eglot")
(declare-function resmark-ts-mode "resmark-ts-mode")
(declare-function treesit-ready-p "treesit")
(defvar treesit-extra-load-path)

(defgroup resmark nil
  "Drafting resolutions in the markup Resmark."
  :group 'text
  :prefix "resmark-"
  :link '(emacs-commentary-link "resmark-mode"))

(defcustom resmark-start-server t
  "Whether the server starts when a Resmark file is opened.
It checks, previews and renumbers; without it there are colours only."
  :type 'boolean)

(defcustom resmark-close-changes t
  "Whether typing the sigil that opens a tracked change types its closer too.
\"{++\" brings \"++}\", \"{--\" brings \"--}\", \"{~~\" brings \"~>~~}\", and
\"{>>\", which opens a comment, brings \"<<}\"."
  :type 'boolean)

(defcustom resmark-indent-offset 3
  "How many columns further in a sub-clause stands than its clause."
  :type 'natnum
  :safe #'natnump)

;;;; Faces

(defface resmark-title
  '((t :inherit font-lock-function-name-face :weight bold))
  "The title of a resolution.")

(defface resmark-subject
  '((t :inherit font-lock-function-name-face))
  "What a resolution is about.")

(defface resmark-division
  '((t :inherit font-lock-type-face :weight bold))
  "The heading of an annex or a part.")

(defface resmark-section
  '((t :inherit font-lock-keyword-face :weight bold))
  "The heading of a section.")

(defface resmark-label
  '((t :inherit font-lock-constant-face))
  "The label of a clause.")

(defface resmark-verb
  '((t :inherit font-lock-keyword-face :slant italic))
  "The verb that opens a clause.")

(defface resmark-emphasis
  '((t :slant italic))
  "Emphasised words.")

(defface resmark-proposal
  '((t :inherit font-lock-preprocessor-face :weight bold))
  "The mark and the number of a proposal.")

(defface resmark-insertion
  '((((class color) (min-colors 88) (background light)) :foreground "#116329" :underline t)
    (((class color) (min-colors 88) (background dark)) :foreground "#7ee787" :underline t)
    (((class color)) :foreground "green" :underline t)
    (t :underline t))
  "Words that a tracked change inserts.")

(defface resmark-deletion
  '((((class color) (min-colors 88) (background light)) :foreground "#a40e26" :strike-through t)
    (((class color) (min-colors 88) (background dark)) :foreground "#ff8a80" :strike-through t)
    (((class color)) :foreground "red" :strike-through t)
    (t :strike-through t))
  "Words that a tracked change deletes.")

(defface resmark-comment
  '((t :inherit font-lock-comment-face))
  "A note to the other drafters.")

(defface resmark-citation
  '((t :inherit link))
  "A citation whose target is written down.")

(defface resmark-sigil
  '((t :inherit shadow))
  "The sigils of the markup.")

(defface resmark-key
  '((t :inherit font-lock-variable-name-face))
  "What a line of the metadata sets.")

(defface resmark-value
  '((t :inherit font-lock-string-face))
  "What it is set to.")

(defface resmark-reasons
  '((t :inherit font-lock-doc-face))
  "The reasons for a proposal.")

(defface resmark-unclosed
  '((t :inherit font-lock-warning-face))
  "The opener of a change that has no closer.")

;;;; What the lines of the markup look like

(defconst resmark--suffix
  "\\(?: ?\\(?:bis\\|ter\\|quater\\|quinquies\\|sexies\\|septies\\|octies\\|novies\\|decies\\)\\)?"
  "What may stand behind a number or letter that came later.")

(defconst resmark--label
  (concat
   "\\(?:"
   ;; (a) a) （三） 1) 1.1)
   "[(（]?\\(?:[[:digit:]]+\\(?:\\.[[:digit:]]+\\)*\\|[[:alpha:]]\\{1,5\\}\\)" resmark--suffix "[])）]"
   ;; 1. 1.1. a. 三、
   "\\|\\(?:[[:digit:]]+\\(?:\\.[[:digit:]]+\\)*\\|[a-z]\\|[ivx]\\{1,5\\}\\)" resmark--suffix "\\."
   "\\|[[:digit:]一二三四五六七八九十]+[、．]"
   ;; 1.1 and 1, with a tab
   "\\|[[:digit:]]+\\.[[:digit:].]*[[:digit:]]\\|[[:digit:]]+" resmark--suffix "\\(?:\t\\)"
   "\\|[–—•-]"
   "\\)")
  "A regexp for the label of a clause, without what stands around it.")

(defconst resmark--clause
  (concat "^\\([ \t]*\\(?:{\\+\\+\\|{--\\)?\\)\\(" resmark--label "\\)\\([ \t]+\\|[^[:ascii:]]\\)")
  "A regexp for the beginning of a clause: indentation, label, gap.")

(defconst resmark--section
  "^[ \t]*\\(?:{\\+\\+\\|{--\\)?\\(\\*[^*\n]+\\*\\)\\(?:\\+\\+}\\|--}\\)?[ \t]*[,:;，：；؛،]?[ \t]*$"
  "A regexp for a section heading: a line that is one emphasis.")

(defconst resmark--mark
  "^\\((?\\(?:MOD\\|ADD\\|SUPP?\\|NOC\\))?\\*?\\)\\(?:[ \t]+\\(\\S-+\\)\\)?[ \t]*$"
  "A regexp for a proposal mark and the number of the proposal.")

(defconst resmark--reasons
  "^\\(?:Reasons\\|Motifs\\|Motivos\\|Основания\\|理由\\|الأسباب\\)[ \t ]*[:：]"
  "A regexp for the beginning of the reasons.")

(defconst resmark--line-starts
  (concat "#\\{1,3\\}[ \t]\\|---\\|\\*\\|\\[\\^[^]\n]+\\]:\\|(?\\(?:MOD\\|ADD\\|SUPP?\\|NOC\\)\\_>\\|"
          (substring resmark--reasons 1) "\\|" resmark--label "\\(?:[ \t\n]\\|\\'\\)")
  "A regexp for what begins something new at the beginning of a line.")

;;;; Colours without tree-sitter

(defun resmark--match-metadata (limit)
  "Find the next line of the metadata before LIMIT, for font lock."
  (let (found end)
    (save-excursion
      (goto-char (point-min))
      (when (looking-at "---[ \t]*$")
        (forward-line 1)
        (setq end (and (re-search-forward "^---[ \t]*$" nil t) (point)))))
    (while (and end (not found) (< (point) (min limit end)))
      (setq found (re-search-forward "^\\([^[:space:]:#][^:\n]*\\):[ \t]*\\(.*\\)$" (min limit end) t))
      (unless found (goto-char (min limit end))))
    found))

(defun resmark--within-paragraph (opener closer)
  "Return a regexp for what stands between OPENER and CLOSER in a paragraph."
  (concat "\\(" opener "\\)\\(\\(?:[^\n]\\|\n[^\n]\\)*?\\)\\(" closer "\\)"))

(defconst resmark-font-lock-keywords
  `((,"^---[ \t]*$" 0 'resmark-sigil)
    (resmark--match-metadata (1 'resmark-key) (2 'resmark-value))
    ("^\\(#\\)[ \t]+\\(.*\\)$" (1 'resmark-sigil) (2 'resmark-title))
    ("^\\(##\\)[ \t]+\\(.*\\)$" (1 'resmark-sigil) (2 'resmark-subject))
    ("^\\(###\\)[ \t]+\\(.*\\)$" (1 'resmark-sigil) (2 'resmark-division))
    (,resmark--mark (1 'resmark-proposal) (2 'resmark-proposal nil t))
    (,resmark--section 1 'resmark-section)
    (,(concat resmark--reasons ".*$") 0 'resmark-reasons)
    (,resmark--clause (2 'resmark-label))
    ;; The verb that opens a clause, with a label or without.
    (,(concat "^[ \t]*\\(?:{\\+\\+\\|{--\\)?\\(?:" resmark--label "[ \t]*\\)?\\(\\*[^*\n]+\\*\\)")
     (1 'resmark-verb))
    ("\\(?:^\\|[^\\\\*]\\)\\(\\*[^*\n]+\\*\\)" (1 'resmark-emphasis keep))
    ("\\(\\[\\)[^][\n]+\\(\\](\\)\\([^)\n]+\\)\\()\\)"
     (0 'resmark-citation append) (1 'resmark-sigil prepend) (2 'resmark-sigil prepend) (4 'resmark-sigil prepend))
    ("\\[\\^[^]\n]+\\]:?" 0 'resmark-sigil append)
    (,(resmark--within-paragraph "{\\+\\+" "\\+\\+}")
     (1 'resmark-sigil prepend) (2 'resmark-insertion append) (3 'resmark-sigil prepend))
    (,(resmark--within-paragraph "{--" "--}")
     (1 'resmark-sigil prepend) (2 'resmark-deletion append) (3 'resmark-sigil prepend))
    ("\\({~~\\)\\([^~\n]*\\)\\(~>\\)\\([^~\n]*\\)\\(~~}\\)"
     (1 'resmark-sigil prepend) (2 'resmark-deletion append) (3 'resmark-sigil prepend)
     (4 'resmark-insertion append) (5 'resmark-sigil prepend))
    (,(resmark--within-paragraph "{>>" "<<}") (0 'resmark-comment t)))
  "How `resmark-mode' colours a text where there is no tree-sitter.")

;;;; Filling

(defun resmark--fill-prefix ()
  "Return what the further lines of the clause at point are set in by."
  (save-excursion
    (beginning-of-line)
    (when (looking-at resmark--clause)
      (let ((start (current-column)))
        (goto-char (match-end 0))
        (make-string (- (current-column) start) ?\s)))))

(defun resmark--nobreak-p ()
  "Return non-nil where breaking the line would begin something new.
Of \"as decided in resolves 2 and 3 b) above\" the second line must not begin
with \"b) above\", which would be a clause."
  (save-excursion
    (skip-chars-forward " \t")
    (let ((case-fold-search nil))
      (looking-at resmark--line-starts))))

;;;; Indentation and typing

(defun resmark-indent-line ()
  "Set the line in by one level more than it is, or back to the margin.
It goes no further in than one level more than the line above."
  (interactive)
  (let* ((now (current-indentation))
         (above (save-excursion
                  (beginning-of-line)
                  (skip-chars-backward " \t\n")
                  (if (bobp) 0 (current-indentation))))
         (next (* (1+ (/ now resmark-indent-offset)) resmark-indent-offset))
         (column (if (> next (+ above resmark-indent-offset)) 0 next)))
    (if (<= (current-column) now)
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

(defconst resmark--closers
  '(("{++" . "++}") ("{--" . "--}") ("{~~" . "~>~~}") ("{>>" . "<<}"))
  "The openers of tracked changes and comments, and what ends them.")

(defun resmark--close-change ()
  "Type the closer of the tracked change that was opened by the last key."
  (when (and resmark-close-changes
             (memq last-command-event '(?+ ?- ?~ ?>))
             (>= (- (point) (line-beginning-position)) 3))
    (let ((closer (cdr (assoc (buffer-substring-no-properties (- (point) 3) (point)) resmark--closers))))
      (when (and closer (not (looking-at-p (regexp-quote closer))))
        (save-excursion
          ;; With `electric-pair-mode' the brace is there.
          (if (eq (char-after) ?})
              (insert (substring closer 0 -1))
            (insert closer)))))))

;;;; The mode

(defvar resmark-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-n") #'resmark-renumber-list)
    (define-key map (kbd "C-c C-s") #'resmark-renumber-section)
    (define-key map (kbd "C-c C-u") #'resmark-update-citations)
    (define-key map (kbd "C-c C-c") #'resmark-check)
    (define-key map (kbd "C-c C-v") #'resmark-preview)
    map)
  "The keys of `resmark-mode'.")

(easy-menu-define resmark-menu resmark-mode-map
  "The menu of `resmark-mode'."
  '("Resmark"
    ["Renumber List" resmark-renumber-list]
    ["Renumber Section" resmark-renumber-section]
    ["Renumber Resolution" resmark-renumber-resolution]
    ["Renumber Document" resmark-renumber-document]
    ["Renumber Workspace" resmark-renumber-workspace]
    "---"
    ["Update Outdated Citations" resmark-update-citations]
    ["Check the Workspace" resmark-check]
    ["Preview in the Browser" resmark-preview]
    "---"
    ["Customize" (customize-group 'resmark)]))

(autoload 'resmark-renumber-list "resmark-eglot" nil t)
(autoload 'resmark-renumber-section "resmark-eglot" nil t)
(autoload 'resmark-renumber-resolution "resmark-eglot" nil t)
(autoload 'resmark-renumber-document "resmark-eglot" nil t)
(autoload 'resmark-renumber-workspace "resmark-eglot" nil t)
(autoload 'resmark-update-citations "resmark-eglot" nil t)
(autoload 'resmark-check "resmark-eglot" nil t)
(autoload 'resmark-preview "resmark-eglot" nil t)
(autoload 'resmark-ts-mode "resmark-ts-mode" nil t)

(defun resmark--outline-level ()
  "Return the level of the heading at point."
  (cond ((looking-at-p "# ") 1)
        ((looking-at-p "### ") 2)
        (t 3)))

(defun resmark--start-server ()
  "Start the server for this buffer, or say what is missing."
  (if (require 'eglot nil t)
      (progn
        (require 'resmark-eglot)
        (resmark-eglot-ensure))
    (display-warning 'resmark "Findings and previews need the package eglot: M-x package-install RET eglot RET")))

;;;###autoload
(define-derived-mode resmark-mode text-mode "Resmark"
  "Major mode for drafting resolutions in Resmark.

The server, if it is there, underlines what is wrong; \\[eglot-code-actions] puts it
right, renumbers and updates citations; \\[xref-find-definitions] follows a citation or a
reference, and \\[xref-go-back] comes back.  \\[eglot-rename] gives a clause another number.

\\{resmark-mode-map}"
  (setq-local font-lock-defaults '(resmark-font-lock-keywords t nil nil (font-lock-multiline . t)))
  ;; A comment is a note to the other drafters.
  (setq-local comment-start "{>> "
              comment-end " <<}"
              comment-start-skip "{>>[ \t]*"
              comment-end-skip "[ \t]*<<}"
              comment-column 0)
  ;; Most clauses are one long line.
  (setq-local word-wrap t
              truncate-lines nil)
  (setq-local sentence-end-double-space nil
              paragraph-start (concat "[ \t]*$\\|[ \t]*\\(?:{\\+\\+\\|{--\\)?\\(?:" resmark--line-starts "\\)")
              paragraph-separate "[ \t]*$\\|#\\{1,3\\}[ \t]\\|---[ \t]*$"
              adaptive-fill-function #'resmark--fill-prefix
              fill-nobreak-predicate (cons #'resmark--nobreak-p fill-nobreak-predicate))
  (setq-local indent-tabs-mode nil
              indent-line-function #'resmark-indent-line)
  ;; A new line keeps the indentation of the one above; what else Enter does the server says.
  (add-hook 'electric-indent-functions #'resmark--no-electric-indent nil t)
  (add-hook 'post-self-insert-hook #'resmark--close-change t t)
  (setq-local outline-regexp (concat "#\\(?:##\\)?[ \t]\\|" (substring resmark--section 1))
              outline-level #'resmark--outline-level)
  (add-hook 'project-find-functions #'resmark-project 90 t)
  (when (and resmark-start-server buffer-file-name)
    (resmark--start-server)))

(defun resmark--no-electric-indent (_char)
  "Let the server say where a new line begins, not `electric-indent-mode'."
  'no-indent)

(defvar resmark--roots nil
  "The folders that servers were started for.")

(defun resmark-project (folder)
  "Return the project around FOLDER where no repository is around it.
That is the folder of a file \"resmark.json\", or one that a server runs for."
  (let ((root (or (locate-dominating-file folder "resmark.json")
                  (seq-find (lambda (root) (file-in-directory-p folder root)) resmark--roots))))
    (and root (cons 'transient root))))

(defconst resmark--folder
  (file-name-directory (or load-file-name buffer-file-name default-directory))
  "Where this file is.")

(defun resmark-grammar-ready-p ()
  "Return non-nil if Emacs can load the tree-sitter grammar of Resmark."
  (when (and (fboundp 'treesit-available-p) (treesit-available-p) (require 'treesit nil t))
    ;; `cargo xtask build' puts it beside this file.
    (add-to-list 'treesit-extra-load-path (expand-file-name "tree-sitter" resmark--folder))
    (treesit-ready-p 'resmark t)))

;;;###autoload
(defun resmark-auto-mode ()
  "Choose `resmark-ts-mode' where the grammar is there, else `resmark-mode'."
  (interactive)
  (if (resmark-grammar-ready-p)
      (resmark-ts-mode)
    (resmark-mode)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.resmark\\'" . resmark-auto-mode))

(provide 'resmark-mode)
;;; resmark-mode.el ends here
