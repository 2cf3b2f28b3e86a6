;;; resmark-test.el --- What a drafter sees and does in Emacs  -*- lexical-binding: t; -*-

;;; Commentary:

;; Run in batch mode in a copy of the example workspace; RESMARK_EMACS_LISP says
;; where the modes are, RESMARK_SERVER where the server is.

;;; Code:

(require 'ert)
(require 'checkdoc)
(require 'cl-lib)
(require 'outline)
(require 'package)
(package-initialize)

(defconst resmark-test-lisp (file-name-as-directory (getenv "RESMARK_EMACS_LISP")))
(add-to-list 'load-path resmark-test-lisp)
(require 'resmark-mode)
(require 'resmark-eglot)
(require 'flymake)
(require 'xref)

(setq resmark-server-command (list (getenv "RESMARK_SERVER") "lsp")
      make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      eglot-send-changes-idle-time 0
      ;; Where other tests run at the same time, Enter waits for the server longer.
      resmark-patience 20)

(defconst resmark-test-examples default-directory)

(defun resmark-test-until (what condition)
  "Wait until CONDITION, a function, returns non-nil, and return that; else fail, saying WHAT was wanted."
  (let ((end (time-add nil 60)) value)
    (while (and (not (setq value (funcall condition))) (time-less-p nil end))
      ;; What comes in one piece with an answer that is waited for is looked at when the next message comes: jsonrpc leaves
      ;; its filter by a throw.  So there has to be a next one.
      (when (eglot-managed-p)
        (resmark-test-read-p))
      (accept-process-output nil 0.02))
    (or value (ert-fail (list "waited in vain" what (buffer-string))))))

(defmacro resmark-test-with (file &rest body)
  "Do BODY in a buffer that visits FILE of the examples; what it changes is thrown away."
  (declare (indent 1))
  `(let ((buffer (find-file-noselect (expand-file-name ,file resmark-test-examples))))
     (unwind-protect
         (save-window-excursion
           (switch-to-buffer buffer)
           (goto-char (point-min))
           ,@body)
       (dolist (each (buffer-list))
         (with-current-buffer each
           (when buffer-file-name
             (set-buffer-modified-p nil)
             (kill-buffer each)))))))

(defmacro resmark-test-served (file &rest body)
  "Do BODY in a buffer that visits FILE of the examples, once the server looks after it."
  (declare (indent 1))
  `(resmark-test-with ,file
     ;; In batch mode nothing is typed, which is what `eglot-ensure' waits for.
     (run-hooks 'post-command-hook)
     (resmark-test-until "the server" #'eglot-current-server)
     (unwind-protect
         (progn
           (resmark-test-until "the workspace is read" #'resmark-test-read-p)
           ,@body)
       ;; What the next test sees is not what this one typed.
       (with-current-buffer buffer
         (eglot-shutdown (eglot-current-server)))
       (setq flymake-list-only-diagnostics nil
             resmark--roots nil))))

(defun resmark-test-read-p ()
  "Return non-nil once the server has read the workspace."
  (let ((status (resmark--request :resmark/status (list :textDocument (eglot--TextDocumentIdentifier)))))
    (and status (eq (plist-get status :reading) :json-false))))

(defun resmark-test-findings ()
  "Return the findings of this buffer, as a list of (LINE . TEXT), in text order."
  (flymake-start)
  (sort (mapcar (lambda (finding)
                  (cons (line-number-at-pos (flymake-diagnostic-beg finding))
                        (flymake-diagnostic-text finding)))
                (flymake-diagnostics))
        (lambda (one other) (< (car one) (car other)))))

(defun resmark-test-at (words)
  "Go to the first character of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0)))

(defun resmark-test-faces (words)
  "Return the faces at the first character of WORDS, as a list."
  (font-lock-ensure)
  (resmark-test-at words)
  (let ((face (get-text-property (point) 'face)))
    (if (listp face) face (list face))))

(defun resmark-test-line (number)
  "Return line NUMBER."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- number))
    (buffer-substring-no-properties (point) (line-end-position))))

(defun resmark-test-type (text)
  "Type TEXT as a drafter does, a key after another."
  (seq-doseq (key text)
    (let ((last-command-event key) (last-input-event key))
      (call-interactively (if (eq key ?\n) #'newline (key-binding (string key)))))))

;;;; The mode

(ert-deftest resmark-test-the-file-name-chooses-the-mode ()
  (resmark-test-with "start-here.resmark"
    (should (derived-mode-p 'resmark-mode))
    (should (derived-mode-p 'text-mode))
    (should (eq (derived-mode-p 'resmark-ts-mode)
                (and (getenv "RESMARK_EMACS_TREESIT") 'resmark-ts-mode)))))

(defun resmark-test-colours ()
  "Check the faces of a resolution, however they were found."
  (should (memq 'resmark-key (resmark-test-faces "body: WTDC")))
  (should (memq 'resmark-value (resmark-test-faces "WTDC")))
  (should (memq 'resmark-sigil (resmark-test-faces "# Resolution 190")))
  (should (memq 'resmark-title (resmark-test-faces "Resolution 190")))
  (should (memq 'resmark-subject (resmark-test-faces "Community networks")))
  (should (memq 'resmark-section (resmark-test-faces "*recalling*\n")))
  (should (memq 'resmark-section (resmark-test-faces "*instructs the Director")))
  (should (memq 'resmark-label (resmark-test-faces "a) that a valley")))
  (should (memq 'resmark-label (resmark-test-faces "b) sample")))
  (should (memq 'resmark-label (resmark-test-faces "4. to invite")))
  (should (memq 'resmark-emphasis (resmark-test-faces "*resolves* 4 above")))
  (should-not (resmark-test-faces "that a valley"))
  (should-not (resmark-test-faces "The World")))

(defun resmark-test-more-colours ()
  "Check the faces of tracked changes and of clauses in the style of the UN."
  (let ((inhibit-read-only t))
    (erase-buffer)
    (insert "MOD EUR/1A1/1\n\n# Resolution 9\n\n*Recalling* a,\n\n1. *Decides* b, as *noted*;\n"
            "{++2. new words;++}\n3. {--old--} {~~before~>after~~} {>>why<<} [this](=);\n（三）丁；\n\nReasons: none.\n\n### Annex 1\n"))
  (should (memq 'resmark-proposal (resmark-test-faces "MOD")))
  (should (memq 'resmark-proposal (resmark-test-faces "EUR/1A1/1")))
  (should (memq 'resmark-verb (resmark-test-faces "*Recalling")))
  (should (memq 'resmark-verb (resmark-test-faces "Decides*")))
  (should-not (memq 'resmark-verb (resmark-test-faces "*noted*")))
  (should (memq 'resmark-sigil (resmark-test-faces "{++2")))
  (should (memq 'resmark-label (resmark-test-faces "2. new")))
  (should (memq 'resmark-insertion (resmark-test-faces "new words")))
  (should (memq 'resmark-deletion (resmark-test-faces "old--")))
  (should (memq 'resmark-deletion (resmark-test-faces "before")))
  (should (memq 'resmark-insertion (resmark-test-faces "after")))
  (should (memq 'resmark-comment (resmark-test-faces "why")))
  (should (memq 'resmark-citation (resmark-test-faces "this](=)")))
  (should (memq 'resmark-label (resmark-test-faces "（三）")))
  (should (memq 'resmark-reasons (resmark-test-faces "Reasons:")))
  (should (memq 'resmark-division (resmark-test-faces "Annex 1"))))

(ert-deftest resmark-test-colours-by-default ()
  (resmark-test-with "start-here.resmark"
    (resmark-test-colours)
    (resmark-test-more-colours)))

(ert-deftest resmark-test-colours-without-tree-sitter ()
  (resmark-test-with "start-here.resmark"
    (resmark-mode)
    (resmark-test-colours)
    (resmark-test-more-colours)))

(ert-deftest resmark-test-clauses-are-what-one-moves-by ()
  (skip-unless (getenv "RESMARK_EMACS_TREESIT"))
  (resmark-test-with "start-here.resmark"
    (resmark-test-at "villagers who own")
    (beginning-of-defun)
    (should (looking-at-p "b) that villagers"))
    (end-of-defun)
    (should (= (line-number-at-pos) 23))))

(ert-deftest resmark-test-headings-fold ()
  (resmark-test-with "start-here.resmark"
    (outline-minor-mode)
    (resmark-test-at "*considering*")
    (outline-hide-subtree)
    (resmark-test-at "villagers")
    (should (outline-invisible-p))
    (resmark-test-at "to encourage")
    (should-not (outline-invisible-p))))

;;;; Typing

(defun resmark-test-filled (text)
  "Return TEXT with its first clause filled to 40 columns."
  (with-temp-buffer
    (resmark-mode)
    (setq fill-column 40)
    (insert text)
    (goto-char (+ (point-min) 5))
    (fill-paragraph)
    (buffer-string)))

(ert-deftest resmark-test-filling-leaves-labels-alone ()
  (should (equal (resmark-test-filled "a) one two three four five six seven eight nine ten;\nb) two;\n")
                 "a) one two three four five six seven\n   eight nine ten;\nb) two;\n"))
  (should (equal (resmark-test-filled "*resolves*\n\n1. one;\n") "*resolves*\n\n1. one;\n"))
  (should (equal (resmark-test-filled "   i) one two three four five six\n      seven eight;\n   ii) two\n")
                 "   i) one two three four five six seven\n      eight;\n   ii) two\n")))

(ert-deftest resmark-test-filling-begins-no-clause ()
  ;; “b) above” at the beginning of a line would be a clause.
  (should (equal (resmark-test-filled "1. to report on the decisions in points\n   a) b) and c) above of this text;\n")
                 "1. to report on the decisions in points\n   a) b) and c) above of this text;\n"))
  (should (equal (resmark-test-filled "1. to report as decided in resolves two and b) above of this text;\n")
                 "1. to report as decided in resolves two\n   and b) above of this text;\n"))
  (should (equal (resmark-test-filled "1. to report on what is decided now in *resolves* 2 of this text;\n")
                 "1. to report on what is decided now\n   in *resolves* 2 of this text;\n")))

(ert-deftest resmark-test-comments-are-notes ()
  (with-temp-buffer
    (resmark-mode)
    (insert "a) one;\n")
    (comment-region (point-min) (point-max))
    (should (equal (buffer-string) "{>> a) one; <<}\n"))
    (uncomment-region (point-min) (point-max))
    (should (equal (buffer-string) "a) one;\n"))))

(ert-deftest resmark-test-changes-close-themselves ()
  (dolist (pairs '(nil t))
    (with-temp-buffer
      (resmark-mode)
      (when pairs (electric-pair-local-mode))
      (resmark-test-type "{++new")
      (should (equal (buffer-string) "{++new++}"))
      (goto-char (point-max))
      (resmark-test-type " {--old")
      (should (equal (buffer-string) "{++new++} {--old--}"))
      (goto-char (point-max))
      (resmark-test-type " {~~a")
      (should (equal (buffer-string) "{++new++} {--old--} {~~a~>~~}"))
      (goto-char (point-max))
      (resmark-test-type " {>>why")
      (should (equal (buffer-string) "{++new++} {--old--} {~~a~>~~} {>>why<<}")))))

(ert-deftest resmark-test-tab-sets-in ()
  (with-temp-buffer
    (resmark-mode)
    (insert "1. one:\na) two")
    (resmark-indent-line)
    (should (equal (buffer-string) "1. one:\n   a) two"))
    (should (eolp))
    (resmark-indent-line)
    (should (equal (buffer-string) "1. one:\na) two"))))

;;;; With the server

(ert-deftest resmark-test-findings-are-underlined ()
  (resmark-test-served "start-here.resmark"
    ;; What the document says alone comes first, what rests on other texts behind it.
    (let ((findings (resmark-test-until "findings that rest on other texts"
                                        (lambda ()
                                          (let ((findings (resmark-test-findings)))
                                            (and (assq 14 findings) findings))))))
      (should (equal (delete-dups (mapcar #'car findings)) '(14 15 23 31 41)))
      (should (string-match-p "“3\\.” is missing" (cdr (assq 31 findings)))))))

(ert-deftest resmark-test-hover-shows-what-is-cited ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "191 (Kigali")
    (let (shown)
      (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
      (resmark-test-until "the preview" (lambda () shown))
      (should (string-match-p "WTDC-191@2022" shown)))))

(ert-deftest resmark-test-definitions-are-followed-and-left ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "191 (Kigali")
    (call-interactively #'xref-find-definitions)
    (should (equal (file-name-nondirectory buffer-file-name) "wtdc-191.resmark"))
    (if (fboundp 'xref-go-back) (xref-go-back) (xref-pop-marker-stack))
    (should (equal (file-name-nondirectory buffer-file-name) "start-here.resmark"))
    (should (looking-at-p "191 (Kigali"))
    (resmark-test-at "4 above every")
    (call-interactively #'xref-find-definitions)
    (should (= (line-number-at-pos) 31))))

(ert-deftest resmark-test-folders-below-belong-to-the-workspace ()
  (resmark-test-served "start-here.resmark"
    (let ((server (eglot-current-server)))
      (find-file "itu/wtdc-191-proposal.resmark")
      (run-hooks 'post-command-hook)
      (should (eq (resmark-test-until "the server" #'eglot-current-server) server))
      (resmark-test-at "190 (Kigali")
      (call-interactively #'xref-find-definitions)
      (should (equal (file-name-nondirectory buffer-file-name) "start-here.resmark")))))

(ert-deftest resmark-test-references-are-found ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "5. to review")
    (let* ((backend (xref-find-backend))
           (found (xref-backend-references backend (xref-backend-identifier-at-point backend))))
      (should (memq 36 (mapcar (lambda (one) (xref-location-line (xref-item-location one))) found))))))

(ert-deftest resmark-test-a-clause-gets-another-number ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "2. to collect")
    (eglot-rename "1")
    (should (string-prefix-p "1. to collect" (resmark-test-line 27)))
    (should (string-prefix-p "2. to encourage" (resmark-test-line 30)))
    (should (string-match-p "\\*resolves\\* 1 b) and" (resmark-test-line 36)))))

(ert-deftest resmark-test-actions-are-offered ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "4. to invite")
    (let ((titles (mapcar (lambda (action) (plist-get action :title)) (eglot-code-actions (point) (point)))))
      (should (member "Renumber this list and the references to it" titles))
      (should (member "Renumber the whole document" titles)))))

(ert-deftest resmark-test-lists-are-renumbered ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "to invite the operators")
    (resmark-renumber-list)
    (should (string-prefix-p "3. to invite" (resmark-test-line 31)))
    (should (string-prefix-p "4. to review progress on *resolves* 3" (resmark-test-line 32)))
    (should (string-match-p "2 b) and 4 above" (resmark-test-line 36)))
    (should (string-match-p "changes made" (current-message-or-last)))
    ;; One undo takes it all back.
    (resmark-renumber-list)
    (should (equal (current-message-or-last) "Nothing to renumber in this list: the labels are in order"))))

(ert-deftest resmark-test-sections-and-documents-are-renumbered ()
  (dolist (command '(resmark-renumber-section resmark-renumber-resolution resmark-renumber-document))
    (resmark-test-served "start-here.resmark"
      (resmark-test-at "to invite the operators")
      (funcall command)
      (should (string-prefix-p "3. to invite" (resmark-test-line 31))))))

(ert-deftest resmark-test-citations-are-updated ()
  (resmark-test-served "start-here.resmark"
    (resmark-update-citations)
    (should (string-match-p "Resolution 140 (Rev. Bucharest, 2022)" (resmark-test-line 14)))
    (should (equal (current-message-or-last) "2 citations updated"))
    (with-current-buffer "*Resmark: updated citations*"
      (should (string-match-p "^start-here\\.resmark:14: .*140" (buffer-string)))
      (should (string-match-p "^start-here\\.resmark:15: .*70" (buffer-string))))))

(ert-deftest resmark-test-citations-complete ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "d) resolution 70/125")
    (insert "d) Resolution 17\n")
    (forward-char -1)
    ;; As `completion-at-point' does, up to what the drafter chooses.
    (pcase-let* ((`(,start ,end ,table . ,rest) (eglot-completion-at-point))
                 (typed (buffer-substring-no-properties start end))
                 (all (completion-all-completions typed table nil (- (point) start))))
      (when (consp all) (setcdr (last all) nil))
      (let ((chosen (seq-find (lambda (each) (string-prefix-p "Resolution 175 (Rev. Bu" each)) all)))
        (should chosen)
        (delete-region start end)
        (insert chosen)
        (funcall (plist-get rest :exit-function) chosen 'finished)
        (should (equal (resmark-test-line 17) "d) Resolution 175 (Rev. Bucharest, 2022)"))))))

(ert-deftest resmark-test-the-outline-has-labels ()
  (resmark-test-served "start-here.resmark"
    (let ((all (format "%S" (eglot-imenu))))
      (dolist (name '("Resolution 190 (Kigali, 2022)" "instructs the Director" "2. to collect" "b) sample"))
        (should (string-match-p (regexp-quote name) all))))))

(ert-deftest resmark-test-blanks-are-evened-out ()
  (resmark-test-served "start-here.resmark"
    (resmark-test-at "to encourage")
    (insert "  ")
    (eglot-format-buffer)
    (should (string-prefix-p "1. to encourage" (resmark-test-line 27)))))

(ert-deftest resmark-test-enter-opens-the-next-clause ()
  (resmark-test-served "start-here.resmark"
    (electric-indent-mode 1)
    (resmark-test-at "c) Resolution 191")
    (end-of-line)
    (resmark-test-type "\n")
    (should (equal (resmark-test-line 17) "d) "))
    (should (equal (resmark-test-line 18) "e) resolution 70/125 of the United Nations General Assembly,"))
    (should (and (= (line-number-at-pos) 17) (eolp)))
    ;; Once more: it has no words, so the list ends.
    (resmark-test-type "\n")
    (should (equal (resmark-test-line 17) ""))
    ;; Behind a colon a sub-clause is opened, set in.
    (resmark-test-at "1. to encourage networks")
    (end-of-line)
    (resmark-test-type "\n")
    (resmark-test-type "to ask:")
    (resmark-test-type "\n")
    (should (looking-back "^   a) " (line-beginning-position)))))

(ert-deftest resmark-test-enter-in-a-tracked-text-is-tracked ()
  (resmark-test-served "itu/wtdc-191-proposal.resmark"
    (goto-char (point-min))
    (re-search-forward "^1\\. .*;$")
    (resmark-test-type "\n")
    (should (string-prefix-p "{++2. ++}" (resmark-test-line (line-number-at-pos))))
    (should (looking-at-p "\\+\\+}"))))

(ert-deftest resmark-test-enter-can-be-left-alone ()
  (resmark-test-served "start-here.resmark"
    (setq-local resmark-open-next-clause nil)
    (resmark-test-at "   a) drawings")
    (end-of-line)
    (resmark-test-type "\n")
    (should (equal (resmark-test-line 30) "   "))))

(ert-deftest resmark-test-the-preview-opens-in-the-browser ()
  (resmark-test-served "start-here.resmark"
    (let* (opened (browse-url-browser-function (lambda (url &rest _) (setq opened url))))
      (resmark-preview)
      (should (string-prefix-p "http://127.0.0.1:" opened)))))

(ert-deftest resmark-test-an-old-server-has-no-preview ()
  (resmark-test-served "start-here.resmark"
    (cl-letf* ((ask (symbol-function 'resmark--request))
               ((symbol-function 'resmark--request)
                (lambda (_method &rest rest) (apply ask :resmark/unheardOf rest))))
      (should (string-match-p "install a newer one" (cadr (should-error (resmark-preview) :type 'user-error)))))))

(ert-deftest resmark-test-the-workspace-is-checked ()
  (resmark-test-with "start-here.resmark"
    (let ((buffer (resmark-check)))
      (with-current-buffer buffer
        (resmark-test-until "the end of it" (lambda () (string-match-p "^Resmark Check.*exited" (buffer-string))))
        (goto-char (point-min))
        (compilation-next-error 1)
        (compile-goto-error))
      (with-current-buffer (window-buffer (selected-window))
        (should (derived-mode-p 'resmark-mode))
        (should (> (line-number-at-pos) 1)))
      (kill-buffer buffer))))

(ert-deftest resmark-test-without-the-server-one-is-told-what-to-do ()
  (resmark-test-with "start-here.resmark"
    (should (string-match-p "M-x eglot" (cadr (should-error (resmark-renumber-list) :type 'user-error)))))
  (let ((resmark-server-command '("no-such-program" "lsp")))
    (resmark-test-with "start-here.resmark"
      (should (string-match-p "no-such-program" (current-message-or-last))))))

;;;; The files themselves

(ert-deftest resmark-test-it-compiles-without-warnings ()
  (let ((byte-compile-error-on-warn t)
        (byte-compile-dest-file-function (lambda (_) (make-temp-file "resmark" nil ".elc"))))
    (dolist (file (directory-files resmark-test-lisp t "\\.el\\'"))
      (should (byte-compile-file file)))))

(ert-deftest resmark-test-its-documentation-is-in-order ()
  (dolist (file (directory-files resmark-test-lisp t "\\.el\\'"))
    (let* (said (checkdoc-create-error-function (lambda (text &rest _) (push text said) nil)))
      (with-current-buffer (find-file-noselect file)
        (checkdoc-current-buffer t)
        (kill-buffer))
      (should-not said))))

(defun current-message-or-last ()
  "Return the last line that was shown in the echo area."
  (with-current-buffer (messages-buffer)
    (save-excursion
      (goto-char (point-max))
      (skip-chars-backward "\n")
      (buffer-substring-no-properties (line-beginning-position) (point)))))

;;; resmark-test.el ends here
