;;; resmark-eglot.el --- The Resmark server in eglot  -*- lexical-binding: t; -*-

;; Author: The Resmark developers
;; URL: https://github.com/resmark/resmark
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Tells eglot how to start the server, and has what eglot has no command for:
;; renumbering, updating citations, the preview in the browser, checking the
;; whole workspace, and the next clause on Enter.

;;; Code:

(require 'resmark-mode)
(require 'cl-lib)
(require 'compile)
(require 'eglot)
(require 'jsonrpc)
(require 'project)

(declare-function eglot-execute "eglot")
(declare-function eglot-inlay-hints-mode "eglot")

(defcustom resmark-server-command '("resmark" "lsp")
  "The program that is the server, and its arguments."
  :group 'resmark
  :type '(repeat string)
  :risky t)

(defcustom resmark-as-of nil
  "The day as of which citations are judged, \"YYYY-MM-DD\"; nil means today."
  :group 'resmark
  :type '(choice (const :tag "Today" nil) string)
  :safe #'string-or-null-p)

(defcustom resmark-inlay-hints nil
  "Whether hints stand behind citations, where Emacs can show them (29 and later).
They tell which version is in force behind a citation of an older one, and which
bodies may be meant where that is open."
  :group 'resmark
  :type 'boolean
  :safe #'booleanp)

(defcustom resmark-open-next-clause t
  "Whether Enter at the end of a clause opens the next one.
Enter behind a label without words then ends the list."
  :group 'resmark
  :type 'boolean
  :safe #'booleanp)

(defcustom resmark-patience 0.5
  "How many seconds Enter may wait for the server."
  :group 'resmark
  :type 'number)

;;;; The server

(defclass resmark-server (eglot-lsp-server) ()
  :documentation "The Resmark server.")

(cl-defmethod eglot-client-capabilities ((_server resmark-server))
  "Say what this package can do besides what eglot can."
  (let* ((all (copy-tree (cl-call-next-method)))
         (document (plist-get all :textDocument))
         (workspace (plist-get all :workspace))
         (edit (plist-get workspace :workspaceEdit)))
    ;; Eglot asks for it and does not say so.
    (setq document (plist-put document :onTypeFormatting '(:dynamicRegistration :json-false)))
    ;; What was done to each citation, which `resmark-update-citations' lists.
    (setq edit (plist-put edit :changeAnnotationSupport '(:groupsOnLabel :json-false)))
    (setq workspace (plist-put workspace :workspaceEdit edit))
    (plist-put (plist-put all :textDocument document) :workspace workspace)))

(cl-defmethod eglot-initialization-options ((_server resmark-server))
  "Tell the server what the drafter has set."
  (let ((hints (if resmark-inlay-hints t :json-false)))
    `(:asOf ,(or resmark-as-of "") :inlayHints (:versionInForce ,hints :candidates ,hints))))

(defun resmark--contact (&rest _)
  "Return the contact of the server, as `eglot-server-programs' has it."
  (cons 'resmark-server resmark-server-command))

(add-to-list 'eglot-server-programs '((resmark-mode :language-id "resmark") . resmark--contact))

;;;###autoload
(defun resmark-eglot-ensure ()
  "Start the server for this buffer where its program can be found."
  (if (executable-find (car resmark-server-command))
      (progn
        ;; Eglot leaves the cursor in front of the label, and in Emacs 28 does not ask at all.
        (setq-local eglot-ignored-server-capabilities
                    (cons :documentOnTypeFormattingProvider eglot-ignored-server-capabilities))
        (add-hook 'post-self-insert-hook #'resmark--follow-enter nil t)
        (add-hook 'eglot-managed-mode-hook #'resmark--managed nil t)
        ;; Files in the folders below belong to the same workspace.
        (unless (project-current)
          (push default-directory resmark--roots))
        (eglot-ensure))
    (message "Resmark: the program `%s' is not in your path; `resmark-server-command' can say where it is"
             (car resmark-server-command))))

(defun resmark--managed ()
  "Set up a buffer that the server has begun or ceased to look after."
  (when (and resmark-inlay-hints (fboundp 'eglot-inlay-hints-mode))
    (eglot-inlay-hints-mode (if (eglot-current-server) 1 -1))))

(defun resmark--server-or-lose ()
  "Return the server of this buffer; without one say what to do."
  (or (and (derived-mode-p 'resmark-mode) (eglot-current-server))
      (user-error "The Resmark server does not run here; M-x eglot starts it")))

(defun resmark--request (method params &rest options)
  "Ask the server METHOD with PARAMS, after what was typed so far.
OPTIONS are those of `jsonrpc-request'."
  (let ((server (resmark--server-or-lose)))
    (eglot--signal-textDocument/didChange)
    (apply #'jsonrpc-request server method params options)))

;;;; Enter

(defun resmark--follow-enter ()
  "Open the next clause, or end the list, when Enter has begun a new line."
  (when (and (eq last-command-event ?\n) (eq (char-before) ?\n))
    (let ((edits (and resmark-open-next-clause (eglot-current-server) (resmark--on-type-edits))))
      (if edits
          (resmark--apply-on-type edits)
        (resmark--keep-indentation)))))

(defun resmark--on-type-edits ()
  "Return the server's edits that follow a line break at point, as a list."
  (let ((answer (ignore-errors
                  (resmark--request
                   :textDocument/onTypeFormatting
                   `(,@(eglot--TextDocumentPositionParams)
                     :ch "\n"
                     :options (:tabSize ,resmark-indent-offset :insertSpaces t))
                   :timeout resmark-patience))))
    (append answer nil)))

(defun resmark--apply-on-type (edits)
  "Apply EDITS; point ends up behind the new label, inside of an insertion."
  (let ((place (copy-marker (point) t)))
    (let ((inhibit-message t))
      (eglot--apply-text-edits (vconcat edits)))
    (goto-char place)
    (set-marker place nil)
    (when (and (eolp) (looking-back (regexp-quote "++}") (line-beginning-position)))
      (backward-char 3))))

(defun resmark--keep-indentation ()
  "Set the new line in like the one above, as the further lines of a clause are."
  (let ((column (save-excursion (forward-line -1) (current-indentation))))
    (when (> column 0)
      (indent-to column))))

;;;; Actions

(defun resmark--action (kind)
  "Return the server's action of KIND at point with its edits, or nil."
  (resmark--server-or-lose)
  (eglot--signal-textDocument/didChange)
  (let ((action (car (eglot-code-actions (point) (point) kind))))
    ;; Who can ask for the edits later, as Emacs 30 does, gets the action without them.
    (if (and action (plist-get action :data) (not (plist-get action :edit)))
        (resmark--request :codeAction/resolve action)
      action)))

(defun resmark--apply (action)
  "Make the edits of ACTION."
  (if (fboundp 'eglot-execute)
      (eglot-execute (resmark--server-or-lose) action)
    ;; In later versions it takes more arguments.
    (with-no-warnings (eglot--apply-workspace-edit (plist-get action :edit)))))

(defun resmark--documents (action)
  "Return the edits of ACTION, as a list of (URI . EDITS)."
  (let* ((edit (plist-get action :edit))
         (documents (cl-loop for change across (or (plist-get edit :documentChanges) [])
                             collect (cons (plist-get (plist-get change :textDocument) :uri)
                                           (append (plist-get change :edits) nil)))))
    (or documents
        (cl-loop for (uri edits) on (plist-get edit :changes) by #'cddr
                 collect (cons uri (append edits nil))))))

(defun resmark--renumber (scope)
  "Renumber SCOPE, a string: \"list\", \"section\" and so on."
  (let ((action (resmark--action (concat "source.renumber." scope))))
    (if (not action)
        (message "Nothing to renumber in this %s: the labels are in order" scope)
      (let* ((documents (resmark--documents action))
             (changes (apply #'+ (mapcar (lambda (document) (length (cdr document))) documents)))
             (files (length documents)))
        (resmark--apply action)
        (message "%d %s made%s" changes (if (= changes 1) "change" "changes")
                 (if (> files 1)
                     (substitute-command-keys (format " in %d files; \\[save-some-buffers] writes them all" files))
                   ""))))))

;;;###autoload
(defun resmark-renumber-list ()
  "Renumber the list around point, and the references to it, in all files."
  (interactive)
  (resmark--renumber "list"))

;;;###autoload
(defun resmark-renumber-section ()
  "Renumber the section around point, and the references to it, in all files."
  (interactive)
  (resmark--renumber "section"))

;;;###autoload
(defun resmark-renumber-resolution ()
  "Renumber the resolution around point, and the references to it, in all files."
  (interactive)
  (resmark--renumber "resolution"))

;;;###autoload
(defun resmark-renumber-document ()
  "Renumber this file, and the references to it, in all files."
  (interactive)
  (resmark--renumber "document"))

;;;###autoload
(defun resmark-renumber-workspace ()
  "Renumber every file of the workspace, and the references to them."
  (interactive)
  (resmark--renumber "workspace"))

;;;###autoload
(defun resmark-update-citations ()
  "Bring every citation of this file that is out of date to the version in force.
What was done is listed; \\[undo] takes it back."
  (interactive)
  (let ((action (resmark--action "source.updateCitations.resmark")))
    (if (not action)
        (message "No citation of this file can be brought to a newer version")
      (let ((notes (resmark--notes action)))
        (resmark--apply action)
        (resmark--show-notes notes)
        (message "%d %s updated" (length notes) (if (cdr notes) "citations" "citation"))))))

(defun resmark--notes (action)
  "Return what ACTION does to each citation, as a list of (LINE . TEXT)."
  (let* ((all (plist-get (plist-get action :edit) :changeAnnotations))
         (seen nil)
         (notes nil))
    (pcase-dolist (`(,_uri . ,edits) (resmark--documents action))
      (dolist (edit edits)
        (let* ((id (plist-get edit :annotationId))
               (note (and id (plist-get all (intern (concat ":" id))))))
          (when (and note (not (member id seen)))
            (push id seen)
            (let ((line (plist-get (plist-get (plist-get edit :range) :start) :line))
                  (more (plist-get note :description)))
              ;; A citation's words stand on one line, and no line is added: its number holds afterwards.
              (push (cons (1+ line) (concat (plist-get note :label) (and more (concat " — " more)))) notes))))))
    (sort notes (lambda (one other) (< (car one) (car other))))))

(defun resmark--show-notes (notes)
  "List NOTES, from `resmark--notes', for `next-error' to go to."
  (let ((file (file-name-nondirectory (or buffer-file-name (buffer-name))))
        (folder default-directory))
    (with-current-buffer (get-buffer-create "*Resmark: updated citations*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (setq default-directory folder)
        (pcase-dolist (`(,line . ,text) notes)
          (insert (format "%s:%d: %s\n" file line text))))
      (grep-mode)
      (goto-char (point-min))
      (display-buffer (current-buffer) '(nil (window-height . fit-window-to-buffer))))))

;;;; The preview

;;;###autoload
(defun resmark-preview ()
  "Show this resolution as it would be printed, in the browser.
The page follows what you type."
  (interactive)
  (condition-case problem
      (let* ((answer (resmark--request :resmark/previewAddress
                                       (list :textDocument (eglot--TextDocumentIdentifier))))
             (url (plist-get answer :url)))
        (if url
            (browse-url url)
          (user-error "The server has no preview of this file")))
    (jsonrpc-error
     ;; -32601: the method is not known.
     (if (eql (alist-get 'jsonrpc-error-code (cddr problem)) -32601)
         (user-error "This version of `resmark' has no preview; install a newer one")
       (signal (car problem) (cdr problem))))))

;;;; The whole workspace

(define-compilation-mode resmark-check-mode "Resmark Check"
  "What `resmark check' found."
  (setq-local compilation-error-regexp-alist '(resmark)
              compilation-error-regexp-alist-alist
              '((resmark "^ *╭▸ \\(.+\\):\\([0-9]+\\):\\([0-9]+\\)$" 1 2 3))))

;;;###autoload
(defun resmark-check ()
  "List all that is wrong in the files of this workspace, as they are on disk.
\\[next-error] goes from one to the next."
  (interactive)
  (let* ((project (project-current))
         (default-directory (if project (project-root project) default-directory)))
    ;; Whatever the locale is.
    (let ((coding-system-for-read 'utf-8)
          (compilation-environment (cons "NO_COLOR=1" compilation-environment)))
      (compilation-start (concat (shell-quote-argument (car resmark-server-command)) " check .")
                         #'resmark-check-mode))))

(provide 'resmark-eglot)
;;; resmark-eglot.el ends here
