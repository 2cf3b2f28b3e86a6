// Looking ahead: a window on the characters that come, and the sigils that can be seen in it.
#ifndef RESMARK_CURSOR_H
#define RESMARK_CURSOR_H

#include "characters.h"
#include "tree_sitter/parser.h"
#include <string.h>

#define WINDOW 1024  // characters of a line that tell what it is
#define MAX_NAME 64  // characters of a footnote's name

// Constructs that nest; bits of a set.
enum {
  INSERTION = 1,
  DELETION = 2,
  SUBSTITUTION_OLD = 4,
  SUBSTITUTION_NEW = 8,
  EMPHASIS = 16,
  BRACKET = 32,
  PIN = 64,
  COMMENT = 128,
};

// Characters that the lexer has been asked for and that are still to be read: looking ahead without losing them.
typedef struct {
  TSLexer *lexer;
  uint32_t head, len;
  uint32_t buffer[WINDOW];
} Cursor;

static inline uint32_t current(TSLexer *lexer) {
  if (lexer->lookahead == 0 && lexer->eof(lexer)) return END_OF_TEXT;
  if (lexer->lookahead < 0) return 0xFFFD;  // a byte that is not UTF-8
  return (uint32_t)lexer->lookahead;
}

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static inline uint32_t peek(Cursor *cursor, uint32_t i) {
  if (cursor->head + i < cursor->len) return cursor->buffer[cursor->head + i];
  if (i >= WINDOW) return TOO_FAR;
  if (cursor->head + i >= WINDOW) {
    memmove(cursor->buffer, cursor->buffer + cursor->head, (cursor->len - cursor->head) * sizeof(uint32_t));
    cursor->len -= cursor->head;
    cursor->head = 0;
  }
  while (cursor->len <= cursor->head + i) {
    uint32_t c = current(cursor->lexer);
    if (c == END_OF_TEXT) return END_OF_TEXT;
    cursor->buffer[cursor->len++] = c;
    advance(cursor->lexer);
  }
  return cursor->buffer[cursor->head + i];
}

// Takes one character.
static inline uint32_t next(Cursor *cursor) {
  if (cursor->head < cursor->len) {
    uint32_t c = cursor->buffer[cursor->head++];
    if (cursor->head == cursor->len) cursor->head = cursor->len = 0;
    return c;
  }
  uint32_t c = current(cursor->lexer);
  if (c != END_OF_TEXT) advance(cursor->lexer);
  return c;
}

// Takes a line end, CR LF as one.
static inline void next_line_end(Cursor *cursor) {
  if (next(cursor) == '\r' && peek(cursor, 0) == '\n') next(cursor);
}

static inline void cursor_init(Cursor *cursor, TSLexer *lexer) {
  cursor->lexer = lexer;
  cursor->head = cursor->len = 0;
}

static inline bool is_change_sigil(uint32_t c) { return c == '+' || c == '-' || c == '~' || c == '>'; }

static inline uint8_t change_of_sigil(uint32_t c) {
  return c == '+' ? INSERTION : c == '-' ? DELETION : c == '~' ? SUBSTITUTION_OLD : COMMENT;
}

// The change that an opener at `i` begins, or 0.
static inline uint8_t opener_at(Cursor *cursor, uint32_t i) {
  if (peek(cursor, i) != '{') return 0;
  uint32_t c = peek(cursor, i + 1);
  if (!is_change_sigil(c) || peek(cursor, i + 2) != c) return 0;
  return change_of_sigil(c);
}

static inline bool closer_at(Cursor *cursor, uint32_t i, uint8_t kind) {
  uint32_t c = kind == INSERTION ? '+' : kind == DELETION ? '-' : kind == COMMENT ? '<' : '~';
  return peek(cursor, i) == c && peek(cursor, i + 1) == c && peek(cursor, i + 2) == '}';
}

// The length of the footnote's name at `i`; 0 for none.
static inline uint32_t name_length(Cursor *cursor, uint32_t i) {
  uint32_t length = 0;
  while (length < MAX_NAME && is_name(peek(cursor, i + length))) length++;
  return length;
}

// The place behind `[^name]` at `i`, or 0.
static inline uint32_t behind_footnote(Cursor *cursor, uint32_t i) {
  if (peek(cursor, i) != '[' || peek(cursor, i + 1) != '^') return 0;
  uint32_t length = name_length(cursor, i + 2);
  return length && peek(cursor, i + 2 + length) == ']' ? i + 3 + length : 0;
}

// Whether `i` is at the end of the line but for white space.
static inline bool rest_is_blank(Cursor *cursor, uint32_t i) {
  while (is_space(peek(cursor, i))) i++;
  return is_end(peek(cursor, i));
}

#endif
