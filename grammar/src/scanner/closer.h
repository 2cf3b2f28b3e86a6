// Whether an opener inside of a paragraph has its closer.
#ifndef RESMARK_CLOSER_H
#define RESMARK_CLOSER_H

#include "line.h"

#define MAX_RUN 8     // `+` in a row in front of `}`
#define MAX_MISSES 4  // `[` without a partner that are looked after in a paragraph

static inline bool is_open(const Scanner *s, uint8_t kinds) {
  for (uint32_t i = 0; i < s->nesting; i++) {
    if (s->open[i] & kinds) return true;
  }
  return false;
}

// The construct that is to be closed first; 0 for none.
static inline uint8_t innermost(const Scanner *s) { return s->nesting ? s->open[s->nesting - 1] : 0; }

static inline void push(Scanner *s, uint8_t kind) {
  s->open[s->nesting] = kind;
  s->none[s->nesting + 1] = s->none[s->nesting];
  s->skip[s->nesting] = 0;
  s->nesting++;
}

// The level of the innermost open bracket, or -1; `*count` is the number of them.
static inline int innermost_bracket(const Scanner *s, uint32_t *count) {
  int innermost = -1;
  *count = 0;
  for (int i = 0; i < s->nesting; i++) {
    if (!(s->open[i] & (BRACKET | PIN))) continue;
    innermost = i;
    ++*count;
  }
  return innermost;
}

static inline bool has_no_closer(const Scanner *s, uint8_t kind) { return s->none[s->nesting] & kind; }

typedef enum { NOT_FOUND, FOUND, FOUND_PIN } Closer;

// Whether `](` is followed by the target of a pinned citation: `=`, or an id without white space.
static bool is_target(Cursor *cursor) {
  uint32_t c = peek(cursor, 0);
  if (c == '=' && peek(cursor, 1) == ')') return true;
  bool id = false;
  for (uint32_t i = 0; i < 256; i++) {
    c = peek(cursor, i);
    if (c == ')') return id;
    if (c == TOO_FAR || is_end(c) || is_space(c) || c == '(') return false;
    if (c == '-' || c == '#' || c == '@' || c == '/' || c == ':') id = true;
  }
  return false;
}

// Looks for the closer of an opener that has just been read, up to the end of the paragraph or of the construct
// around it. Remembers it when there is none.
static Closer find_closer(Scanner *s, Cursor *cursor, uint8_t kind) {
  uint8_t around = 0;
  for (uint32_t i = 0; i < s->nesting; i++) around |= s->open[i];
  uint8_t watched = around | kind;
  bool middle = false;
  uint32_t brackets;
  int bracket = innermost_bracket(s, &brackets);
  // `[` that have been passed and whose `]` is still to come.
  uint32_t depth = kind != BRACKET && bracket >= 0 ? s->skip[bracket] : 0;
  uint32_t before = 'x';
  bool stop = s->after_stop;
  for (;;) {
    uint32_t c = peek(cursor, 0);
    if (c == END_OF_TEXT) goto none;
    if (is_line_end(c)) {
      if (is_one_line(s->block)) goto none;
      next_line_end(cursor);
      uint32_t column = 0;
      while (is_space(c = peek(cursor, 0))) {
        next(cursor);
        column = advance_column(column, c);
      }
      if (is_end(c)) goto none;
      Line line = classify(s, cursor, column, false, stop);
      if (line.kind != CONTINUATION && !(line.kind == SUBJECT && s->block == SUBJECT)) goto none;
      before = ' ';
      continue;
    }
    next(cursor);
    switch (c) {
      case '\\':
        if (is_punctuation(peek(cursor, 0))) c = next(cursor);
        break;
      case '{': {
        uint32_t sigil = peek(cursor, 0);
        if (is_change_sigil(sigil)) {
          c = next(cursor);
          if (peek(cursor, 0) == sigil) next(cursor);
        }
        break;
      }
      case '[':
        if (peek(cursor, 0) == '^') {
          c = next(cursor);
          uint32_t length = name_length(cursor, 0);
          if (length && peek(cursor, length) == ']') {
            while (length--) next(cursor);
            c = next(cursor);
          }
        } else {
          depth++;
        }
        break;
      case '*': {
        uint32_t run = 1;
        while (peek(cursor, 0) == '*') {
          next(cursor);
          run++;
        }
        if (run == 1 && (watched & EMPHASIS) && !is_visible_space(before)) {
          if (around & EMPHASIS) goto none;
          return FOUND;
        }
        break;
      }
      case ']':
        if (depth) {
          depth--;
        } else if (kind != BRACKET) {
          if (bracket >= 0) goto none;
        } else {
          if (peek(cursor, 0) != '(') return FOUND;
          next(cursor);
          return is_target(cursor) ? FOUND_PIN : FOUND;
        }
        break;
      case '+': case '-': case '~': case '<': {
        uint8_t closes = c == '+' ? INSERTION : c == '-' ? DELETION : c == '<' ? COMMENT : SUBSTITUTION_OLD | SUBSTITUTION_NEW;
        if (!(watched & closes)) break;
        uint32_t run = 1;
        while (peek(cursor, 0) == c) {
          next(cursor);
          run++;
        }
        if (run > MAX_RUN) break;
        if (run >= 2 && peek(cursor, 0) == '}') {
          if (around & closes) goto none;
          if (kind != SUBSTITUTION_OLD || middle) return FOUND;
          goto none;  // `{~~…~~}` without `~>`; an opener behind it may have both
        }
        if (c == '~' && peek(cursor, 0) == '>') {
          if (around & SUBSTITUTION_OLD) goto none;
          if (kind == SUBSTITUTION_OLD && !middle) {
            middle = true;
            c = next(cursor);
          }
        }
        break;
      }
      default:
        break;
    }
    before = c;
    if (!is_space(c)) stop = is_stop(c);
  }
none:
  // A `[` whose partner stands paragraphs further on leaves those behind it alone.
  if (kind == BRACKET && s->nesting == 0 && ++s->misses < MAX_MISSES) return NOT_FOUND;
  s->none[s->nesting] |= kind;
  return NOT_FOUND;
}

#endif
