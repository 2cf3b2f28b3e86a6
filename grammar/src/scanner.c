// The external scanner of Resmark: every token comes from here.
//
// How it works. At the end of each paragraph the scanner looks ahead over the line end, blank lines and indentation,
// and at the beginning of the next line, and settles what that line is (`look_for_next`). It keeps the answer in its
// state and then, without looking again, closes what the new line closes, takes the white space between as one token,
// opens what it opens, and reads on (`scan`). Inside a paragraph an opener (`{++`, `*`, `[` …) is one only if its closer
// stands in the same paragraph (`find_closer`); otherwise it is text.
//
// Why it is linear. A closer is looked for once per opener; the stretches so read do not overlap, since nothing but
// brackets nests in itself, and those only a few levels deep. Where no closer is found, the state remembers it up to the
// end of the paragraph or of the construct around it. What a line is, is read off its first WINDOW characters.
//
// Why reparsing after an edit gives the tree of a fresh parse. A token depends on nothing but the state before it and the
// characters that the lexer has been asked for, both of which tree-sitter tracks.
//
// The files: scanner/characters.h, what characters are; cursor.h, looking ahead; label.h, labels; line.h, what a line begins;
// closer.h, where a construct ends; state.h, what is known between two tokens; and here, reading the tokens.

#include "scanner/closer.h"
#include "tree_sitter/alloc.h"

// Ends a token that has been read up to the last `mark_end`.
#define EMIT(token)                \
  do {                             \
    lexer->result_symbol = (token); \
    return true;                   \
  } while (0)

// What stands between two opened and closed blocks.
static inline void begin_block(Scanner *s, Kind kind) {
  s->block = (uint8_t)kind;
  s->nesting = 0;
  s->none[0] = 0;
  s->misses = 0;
  s->after_space = s->after_stop = true;
  s->label_left = 0;
  s->label_inside = false;
  s->part = NO_PART;
}

// Ends a paragraph: settles what comes and says so.
static bool end_block(Scanner *s, TSLexer *lexer) {
  Cursor cursor;
  cursor_init(&cursor, lexer);
  lexer->mark_end(lexer);
  look_for_next(s, &cursor);
  if (s->next == CONTINUATION) {
    s->phase = SOFT;
    EMIT(SOFT_BREAK);
  }
  if (s->nesting) {
    s->nesting--;
    s->next = NOTHING;
    EMIT(FORCED_CLOSE);
  }
  s->head = s->block == MARK || s->block == TITLE ? s->block : NOTHING;
  begin_block(s, NOTHING);
  s->phase = CLOSING;
  EMIT(BLOCK_END);
}

// Takes characters that are known to stand here; a token ends behind them.
static inline void take(TSLexer *lexer, uint32_t count) {
  while (count--) advance(lexer);
  lexer->mark_end(lexer);
}

static inline enum Token open_token(uint8_t kind) {
  return kind == INSERTION ? INSERTION_OPEN : kind == DELETION ? DELETION_OPEN : kind == COMMENT ? COMMENT_OPEN : SUBSTITUTION_OPEN;
}

static inline enum Token close_token(uint8_t kind) {
  return kind == INSERTION ? INSERTION_CLOSE : kind == DELETION ? DELETION_CLOSE : SUBSTITUTION_CLOSE;
}

// The inside of a label: `label_left` characters that hold nothing but its words and the sigils of changes.
static bool scan_label(Scanner *s, TSLexer *lexer) {
  if (s->label_left == 0) {
    while (is_space(current(lexer))) advance(lexer);
    lexer->mark_end(lexer);
    s->part = NO_PART;
    s->after_space = true;
    EMIT(LABEL_END);
  }
  uint8_t top = s->nesting && s->label_inside == false ? s->open[s->nesting - 1] : 0;
  bool words = false;
  while (s->label_left) {
    uint32_t c = current(lexer);
    lexer->mark_end(lexer);
    if (c == END_OF_TEXT) {
      s->label_left = 0;
      break;
    }
    if (s->label_left >= 3 && !top && c == '{') {
      if (words) EMIT(LABEL_TEXT);
      advance(lexer);
      uint32_t sigil = current(lexer);
      advance(lexer);
      advance(lexer);
      lexer->mark_end(lexer);
      s->label_left -= 3;
      s->after_stop = false;
      uint8_t kind = change_of_sigil(sigil);
      push(s, kind);
      EMIT(open_token(kind));
    }
    uint32_t sigil = top == INSERTION ? '+' : top == DELETION ? '-' : top ? '~' : 0;
    if (sigil && c == sigil) {
      advance(lexer);
      uint32_t second = current(lexer);
      if (second == '>' && top == SUBSTITUTION_OLD) {
        if (words) EMIT(LABEL_TEXT);
        take(lexer, 1);
        s->label_left -= 2;
        s->after_stop = false;
        s->open[s->nesting - 1] = SUBSTITUTION_NEW;
        EMIT(SUBSTITUTION_MIDDLE);
      }
      if (second == sigil) {
        advance(lexer);
        if (current(lexer) == '}') {
          if (words) EMIT(LABEL_TEXT);
          take(lexer, 1);
          s->label_left -= 3;
          s->after_stop = is_stop('}');
          s->nesting--;
          EMIT(close_token(top));
        }
        s->label_left--;
      }
      s->label_left--;
      s->after_stop = false;
      words = true;
      continue;
    }
    advance(lexer);
    if (!is_space(c)) s->after_stop = is_stop(c);
    s->label_left--;
    words = true;
  }
  lexer->mark_end(lexer);
  EMIT(LABEL_TEXT);
}

// Footnote names, targets and comments.
static bool scan_part(Scanner *s, TSLexer *lexer) {
  switch (s->part) {
    case PART_LABEL:
    case PART_PLAIN_LABEL: {
      Cursor cursor;
      cursor_init(&cursor, lexer);
      lexer->mark_end(lexer);
      bool inside = false;
      uint32_t length = s->part == PART_PLAIN_LABEL ? plain_label(&cursor) : find_label(&cursor, &inside);
      s->label_left = (uint8_t)(length > 255 ? 255 : length);
      s->part = PART_IN_LABEL;
      EMIT(LABEL_START);
    }
    case PART_IN_LABEL:
      return scan_label(s, lexer);
    case PART_REFERENCE:
    case PART_DEFINITION:
      while (is_name(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      s->part++;
      EMIT(FOOTNOTE_NAME);
    case PART_REFERENCE_END:
      take(lexer, 1);
      s->part = NO_PART;
      s->after_space = false;
      s->after_stop = is_stop(']');
      EMIT(FOOTNOTE_CLOSE);
    case PART_DEFINITION_END:
      take(lexer, 2);
      while (is_space(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      s->part = NO_PART;
      s->after_space = s->after_stop = true;
      EMIT(FOOTNOTE_COLON);
    case PART_TARGET:
      while (current(lexer) != ')' && !is_end(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      s->part = PART_TARGET_END;
      EMIT(CITATION_TARGET);
    case PART_TARGET_END:
      take(lexer, 1);
      s->part = NO_PART;
      s->after_space = s->after_stop = false;
      EMIT(PIN_CLOSE);
    default:
      break;
  }
  // A comment: all up to `<<}`.
  bool words = false;
  for (;;) {
    uint32_t c = current(lexer);
    lexer->mark_end(lexer);
    if (c == END_OF_TEXT) {
      s->part = NO_PART;
      EMIT(FORCED_CLOSE);
    }
    if (c == '\\') {
      advance(lexer);
      if (is_punctuation(current(lexer))) advance(lexer);
    } else if (c == '{') {
      advance(lexer);
      uint32_t sigil = current(lexer);
      if (is_change_sigil(sigil)) {
        advance(lexer);
        if (current(lexer) == sigil) advance(lexer);
      }
    } else if (c == '<') {
      uint32_t run = 0;
      while (current(lexer) == '<') {
        advance(lexer);
        run++;
      }
      if (run >= 2 && run <= MAX_RUN && current(lexer) == '}') {
        if (words) EMIT(COMMENT_TEXT);
        take(lexer, 1);
        s->part = NO_PART;
        s->after_space = false;
        s->after_stop = is_stop('}');
        EMIT(COMMENT_CLOSE);
      }
    } else {
      advance(lexer);
    }
    words = true;
  }
}

// A stretch of text that is being read.
typedef struct {
  Scanner *s;
  TSLexer *lexer;
  bool words;  // it is not empty
  bool space;  // the character before is white space
  bool stop;   // the last one that is none is a `is_stop`
} Stretch;

typedef enum {
  PLAIN,    // the character means nothing: it is text, and still to be read
  READ,     // it has been read, and is text
  EMITTED,  // a token has been emitted
} Step;

// Ends the text in front of something that means more, up to the last `mark_end`.
static Step emit_text(Stretch *stretch) {
  stretch->s->after_space = stretch->space;
  stretch->s->after_stop = stretch->stop;
  stretch->lexer->result_symbol = TEXT;
  return EMITTED;
}

// Ends a token of which `last` is the last character.
static Step emit(Stretch *stretch, enum Token token, uint32_t last) {
  stretch->s->after_space = false;
  stretch->s->after_stop = is_stop(last);
  stretch->lexer->result_symbol = token;
  return EMITTED;
}

static Step read_escape(Stretch *stretch) {
  TSLexer *lexer = stretch->lexer;
  lexer->mark_end(lexer);
  advance(lexer);
  if (!is_punctuation(current(lexer))) return READ;
  if (stretch->words) return emit_text(stretch);
  uint32_t escaped = current(lexer);
  take(lexer, 1);
  return emit(stretch, ESCAPE, escaped);
}

// A star: two or more in a row are text.
static Step read_star(Stretch *stretch) {
  Scanner *s = stretch->s;
  TSLexer *lexer = stretch->lexer;
  lexer->mark_end(lexer);
  advance(lexer);
  uint32_t behind = current(lexer);
  if (behind == '*') {
    while (current(lexer) == '*') advance(lexer);
    return READ;
  }
  bool inside = is_open(s, EMPHASIS);
  bool closes = !stretch->space && innermost(s) == EMPHASIS;
  bool opens = !inside && !has_no_closer(s, EMPHASIS) && !is_end(behind) && !is_visible_space(behind);
  if (!closes && !opens) return READ;
  if (stretch->words) return emit_text(stretch);
  lexer->mark_end(lexer);
  if (closes) {
    s->nesting--;
    return emit(stretch, EMPHASIS_CLOSE, '*');
  }
  Cursor cursor;
  cursor_init(&cursor, lexer);
  if (find_closer(s, &cursor, EMPHASIS) == NOT_FOUND) return emit(stretch, TEXT, '*');
  push(s, EMPHASIS);
  return emit(stretch, EMPHASIS_OPEN, '*');
}

static Step read_opening_bracket(Stretch *stretch) {
  Scanner *s = stretch->s;
  TSLexer *lexer = stretch->lexer;
  lexer->mark_end(lexer);
  if (stretch->words) return emit_text(stretch);
  take(lexer, 1);
  Cursor cursor;
  if (current(lexer) == '^') {
    take(lexer, 1);
    cursor_init(&cursor, lexer);
    uint32_t length = name_length(&cursor, 0);
    if (!length || peek(&cursor, length) != ']') return emit(stretch, TEXT, '^');
    s->part = PART_REFERENCE;
    return emit(stretch, FOOTNOTE_OPEN, '^');
  }
  uint32_t brackets;
  int bracket = innermost_bracket(s, &brackets);
  cursor_init(&cursor, lexer);
  bool hopeless = brackets == MAX_BRACKETS || has_no_closer(s, BRACKET);
  Closer closer = hopeless ? NOT_FOUND : find_closer(s, &cursor, BRACKET);
  if (closer == NOT_FOUND) {
    if (bracket >= 0 && s->skip[bracket] < 0xFF) s->skip[bracket]++;
    return emit(stretch, TEXT, '[');
  }
  push(s, closer == FOUND_PIN ? PIN : BRACKET);
  return emit(stretch, closer == FOUND_PIN ? PIN_OPEN : BRACKET_OPEN, '[');
}

static Step read_closing_bracket(Stretch *stretch) {
  Scanner *s = stretch->s;
  TSLexer *lexer = stretch->lexer;
  uint32_t brackets;
  int bracket = innermost_bracket(s, &brackets);
  if (bracket < 0) return PLAIN;
  if (s->skip[bracket] || bracket != s->nesting - 1) {
    // It belongs to a `[` that is text. Where those are too many to be counted, no more `]` is believed.
    if (s->skip[bracket] && s->skip[bracket] < 0xFF) s->skip[bracket]--;
    return PLAIN;
  }
  lexer->mark_end(lexer);
  if (stretch->words) return emit_text(stretch);
  uint8_t top = s->open[--s->nesting];
  take(lexer, 1);
  if (top == BRACKET) return emit(stretch, BRACKET_CLOSE, ']');
  take(lexer, 1);
  s->part = PART_TARGET;
  return emit(stretch, PIN_MIDDLE, '(');
}

// `{`: perhaps the opener of a change or comment.
static Step read_brace(Stretch *stretch) {
  Scanner *s = stretch->s;
  TSLexer *lexer = stretch->lexer;
  lexer->mark_end(lexer);
  advance(lexer);
  uint32_t sigil = current(lexer);
  if (!is_change_sigil(sigil)) return READ;
  advance(lexer);
  if (current(lexer) != sigil) return READ;
  if (stretch->words) return emit_text(stretch);
  take(lexer, 1);

  uint8_t kind = change_of_sigil(sigil);
  uint8_t family = kind == SUBSTITUTION_OLD ? SUBSTITUTION_OLD | SUBSTITUTION_NEW : kind;
  Cursor cursor;
  cursor_init(&cursor, lexer);
  // The label is looked for first: it stands at the cursor, and looking for the closer moves that.
  if (s->label_inside && kind != COMMENT && plain_label(&cursor)) s->part = PART_PLAIN_LABEL;
  if (is_open(s, family) || has_no_closer(s, kind) || find_closer(s, &cursor, kind) == NOT_FOUND) {
    s->label_inside = false;
    // At the beginning of a clause its label follows all the same.
    if (s->nesting) s->part = NO_PART;
    return emit(stretch, UNCLOSED_CHANGE, sigil);
  }
  if (kind == COMMENT) {
    s->part = PART_COMMENT;
    return emit(stretch, COMMENT_OPEN, sigil);
  }
  push(s, kind);
  // Both halves of a substitution may have a label.
  if (kind != SUBSTITUTION_OLD) s->label_inside = false;
  return emit(stretch, open_token(kind), sigil);
}

// `+`, `-` or `~` where they could be part of a closer or of `~>`.
static Step read_closing_sigil(Stretch *stretch) {
  Scanner *s = stretch->s;
  TSLexer *lexer = stretch->lexer;
  uint32_t sigil = current(lexer);
  uint8_t top = innermost(s);
  uint8_t family = sigil == '+' ? INSERTION : sigil == '-' ? DELETION : SUBSTITUTION_OLD | SUBSTITUTION_NEW;
  bool lone = sigil == '~' && !is_open(s, family) && has_no_closer(s, SUBSTITUTION_OLD);
  if (!(top & family) && !lone) return PLAIN;
  lexer->mark_end(lexer);
  uint32_t run = 0;
  while (current(lexer) == sigil) {
    advance(lexer);
    run++;
    // One of more than two in front of a closer is text.
    if (run == 1 && !stretch->words) lexer->mark_end(lexer);
  }
  bool middle = top == SUBSTITUTION_OLD && run <= MAX_RUN && current(lexer) == '>';
  bool closes = run >= 2 && run <= MAX_RUN && current(lexer) == '}';
  if (lone && closes) {
    // The `~~}` at which the search for a whole substitution ended: behind it there may be one.
    for (uint32_t level = 0; level <= s->nesting; level++) s->none[level] &= (uint8_t)~SUBSTITUTION_OLD;
    closes = false;
  }
  if (!middle && !closes) return READ;
  if (stretch->words) return emit_text(stretch);
  if (run > (middle ? 1u : 2u)) return emit(stretch, TEXT, sigil);
  take(lexer, 1);
  if (closes) {
    s->nesting--;
    return emit(stretch, close_token(top), '}');
  }
  s->open[s->nesting - 1] = SUBSTITUTION_NEW;
  s->none[s->nesting] = s->none[s->nesting - 1];
  Cursor cursor;
  cursor_init(&cursor, lexer);
  if (s->label_inside && plain_label(&cursor)) s->part = PART_PLAIN_LABEL;
  s->label_inside = false;
  return emit(stretch, SUBSTITUTION_MIDDLE, '>');
}

// Words and what stands among them.
static bool scan_inline(Scanner *s, TSLexer *lexer) {
  if (s->part != NO_PART) return scan_part(s, lexer);

  Stretch stretch = {s, lexer, false, s->after_space, s->after_stop};
  for (;;) {
    Step step = PLAIN;
    uint32_t c = current(lexer);
    // Most characters are letters, and mean nothing.
    if (is_ascii_letter(c)) {
      advance(lexer);
      stretch.space = stretch.stop = false;
      stretch.words = true;
      continue;
    }
    switch (c) {
      case '\n':
      case '\r':
      case END_OF_TEXT:
        if (!stretch.words) return end_block(s, lexer);
        lexer->mark_end(lexer);
        step = emit_text(&stretch);
        break;
      case '\\': step = read_escape(&stretch); break;
      case '*': step = read_star(&stretch); break;
      case '[': step = read_opening_bracket(&stretch); break;
      case ']': step = read_closing_bracket(&stretch); break;
      case '{': step = read_brace(&stretch); break;
      case '+':
      case '-':
      case '~': step = read_closing_sigil(&stretch); break;
      default: break;
    }
    if (step == EMITTED) return true;
    if (step == PLAIN) advance(lexer);
    stretch.space = step == PLAIN && is_visible_space(c);
    if (step == READ || !is_space(c)) stretch.stop = step == PLAIN && is_stop(c);
    stretch.words = true;
  }
}

// ---------------------------------------------------------------------------------------------- between the blocks

// Closes what the block that comes does not belong to. Returns false when all is closed.
static bool scan_closing(Scanner *s, TSLexer *lexer) {
  uint8_t kind = s->next;
  bool inner = kind == CLAUSE || kind == PARAGRAPH;
  lexer->mark_end(lexer);
  if (s->depth) {
    bool belongs = inner && s->columns[s->depth - 1] + 2 <= s->next_column;
    // No level is left for what is deeper than the deepest: it stands beside it.
    if (!belongs || (s->depth == MAX_DEPTH && kind == CLAUSE)) {
      s->depth--;
      EMIT(CLAUSE_END);
    }
  }
  if (s->in_section && (kind <= REASONS)) {
    s->in_section = false;
    EMIT(SECTION_END);
  }
  if (s->in_division && kind <= DIVISION) {
    s->in_division = false;
    EMIT(DIVISION_END);
  }
  if (s->in_resolution && kind <= TITLE && !(kind == TITLE && s->head == MARK)) {
    s->in_resolution = false;
    EMIT(RESOLUTION_END);
  }
  return false;
}

// Takes the line end inside of a paragraph, or the white space between two blocks.
static void take_white_space(TSLexer *lexer) {
  while (is_line_end(current(lexer)) || is_space(current(lexer))) advance(lexer);
  lexer->mark_end(lexer);
}

static bool scan_opening(Scanner *s, TSLexer *lexer) {
  if (s->gap) {
    s->gap = false;
    take_white_space(lexer);
    EMIT(GAP);
  }
  Kind kind = (Kind)s->next;
  lexer->mark_end(lexer);
  if ((kind == MARK || kind == TITLE) && !s->in_resolution) {
    s->in_resolution = true;
    EMIT(RESOLUTION_START);
  }
  if (kind == DIVISION && !s->in_division) {
    s->in_division = true;
    EMIT(DIVISION_START);
  }
  if (kind == HEADING && !s->in_section) {
    s->in_section = true;
    EMIT(SECTION_START);
  }

  uint16_t column = s->next_column;
  s->next = NOTHING;
  s->next_column = 0;
  s->head = NOTHING;
  begin_block(s, kind);
  s->phase = INLINE;
  switch (kind) {
    case METADATA:
      take(lexer, 3);
      s->phase = META_LINE;
      EMIT(METADATA_FENCE);
    case MARK:
      s->phase = MARK_WORD;
      if (current(lexer) == '(') {
        take(lexer, 1);
        EMIT(MARK_OPEN);
      }
      take(lexer, 3);
      s->phase = MARK_REST;
      EMIT(PROPOSAL_KIND);
    case TITLE:
    case SUBJECT:
    case DIVISION:
      while (current(lexer) == '#') advance(lexer);
      while (is_space(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      EMIT(kind == TITLE ? TITLE_MARKER : kind == SUBJECT ? SUBJECT_MARKER : DIVISION_MARKER);
    case THEMATIC:
      for (uint32_t c; c = current(lexer), !is_end(c);) {
        advance(lexer);
        if (!is_space(c)) lexer->mark_end(lexer);
      }
      s->phase = ENDING;
      EMIT(THEMATIC_LINE);
    case FOOTNOTE:
      take(lexer, 2);
      s->part = PART_DEFINITION;
      EMIT(FOOTNOTE_OPEN);
    case CLAUSE:
      s->columns[s->depth++] = column;
      if (s->next_labelled) s->part = PART_LABEL;
      s->label_inside = s->next_label_inside;
      s->next_labelled = s->next_label_inside = false;
      EMIT(CLAUSE_START);
    case REASONS:
      EMIT(REASONS_START);
    case HEADING:
      // The heading begins with its first word; its section has just begun.
      return scan_inline(s, lexer);
    default:
      EMIT(PARAGRAPH_START);
  }
}

// A line of metadata.
static bool scan_metadata_line(Scanner *s, TSLexer *lexer) {
  if (is_line_end(current(lexer)) || is_space(current(lexer))) {
    take_white_space(lexer);
    EMIT(GAP);
  }
  uint32_t length = 0;
  bool dashes = true, key = !is_colon(current(lexer));
  for (uint32_t c; c = current(lexer), !is_end(c);) {
    if (key && is_colon(c) && length <= MAX_NAME) {
      s->phase = META_COLON;
      EMIT(METADATA_KEY);
    }
    advance(lexer);
    if (is_space(c)) {
      if (length < 3) dashes = false;
    } else {
      lexer->mark_end(lexer);
      if (c != '-' || length >= 3) dashes = false;
    }
    if (length <= MAX_NAME) length++;
  }
  if (!length) return false;
  if (dashes && length >= 3) {
    s->phase = ENDING;
    EMIT(METADATA_FENCE);
  }
  EMIT(METADATA_OTHER);
}

static bool scan(Scanner *s, TSLexer *lexer) {
  switch ((Phase)s->phase) {
    case AT_START: {
      Cursor cursor;
      cursor_init(&cursor, lexer);
      lexer->mark_end(lexer);
      look_for_next(s, &cursor);
      s->phase = CLOSING;
      EMIT(DOCUMENT_START);
    }
    case CLOSING:
      if (scan_closing(s, lexer)) return true;
      s->phase = OPENING;
      // fall through
    case OPENING:
      if (s->next == NOTHING && !s->gap) return false;
      return scan_opening(s, lexer);
    case INLINE:
      return scan_inline(s, lexer);
    case SOFT:
      if (s->gap) {
        s->gap = false;
        s->next = NOTHING;
        s->next_column = 0;
        take_white_space(lexer);
        s->after_space = true;
        if (!s->next_marked) s->phase = INLINE;
        EMIT(LINE_END);
      }
      s->next_marked = false;
      s->phase = INLINE;
      while (current(lexer) == '#') advance(lexer);
      while (is_space(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      EMIT(SUBJECT_MARKER);
    case MARK_WORD:
      take(lexer, 3);
      s->phase = MARK_REST;
      EMIT(PROPOSAL_KIND);
    case MARK_REST:
      if (current(lexer) == ')') {
        take(lexer, 1);
        EMIT(MARK_CLOSE);
      }
      if (is_mark_note(current(lexer))) {
        while (is_mark_note(current(lexer))) advance(lexer);
        lexer->mark_end(lexer);
        EMIT(MARK_NOTE);
      }
      while (is_space(current(lexer))) advance(lexer);
      if (is_end(current(lexer))) return end_block(s, lexer);
      lexer->mark_end(lexer);
      s->phase = MARK_NUMBER;
      EMIT(MARK_SPACE);
    case MARK_NUMBER:
      for (uint32_t c; c = current(lexer), !is_end(c);) {
        advance(lexer);
        if (!is_space(c)) lexer->mark_end(lexer);
      }
      s->phase = ENDING;
      EMIT(PROPOSAL_NUMBER);
    case ENDING:
      return end_block(s, lexer);
    case META_LINE:
      return scan_metadata_line(s, lexer);
    case META_COLON:
      take(lexer, 1);
      while (is_space(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      s->phase = is_end(current(lexer)) ? META_LINE : META_VALUE;
      EMIT(METADATA_COLON);
    case META_VALUE:
      for (uint32_t c; c = current(lexer), !is_end(c);) {
        advance(lexer);
        if (!is_space(c)) lexer->mark_end(lexer);
      }
      s->phase = META_LINE;
      EMIT(METADATA_VALUE);
  }
  return false;
}

// ------------------------------------------------------------------------------------------- what tree-sitter calls

void *tree_sitter_resmark_external_scanner_create(void);
void tree_sitter_resmark_external_scanner_destroy(void *payload);
unsigned tree_sitter_resmark_external_scanner_serialize(void *payload, char *buffer);
void tree_sitter_resmark_external_scanner_deserialize(void *payload, const char *buffer, unsigned length);
bool tree_sitter_resmark_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols);

void *tree_sitter_resmark_external_scanner_create(void) { return ts_calloc(1, sizeof(Scanner)); }

void tree_sitter_resmark_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_resmark_external_scanner_serialize(void *payload, char *buffer) {
  return serialize(payload, (uint8_t *)buffer);
}

void tree_sitter_resmark_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  deserialize(payload, (const uint8_t *)buffer, length);
}

bool tree_sitter_resmark_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)valid_symbols;  // the state knows what comes; the rules accept all of it
  return scan(payload, lexer);
}
