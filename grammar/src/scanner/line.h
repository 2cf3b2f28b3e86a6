// What a line begins: a title, a heading, a clause … or nothing, when it goes on with the paragraph above it.
#ifndef RESMARK_LINE_H
#define RESMARK_LINE_H

#include "label.h"
#include "state.h"

#define MAX_METADATA_LINES 200

// A line of three or more `*`, `-` or `_` and nothing else.
static bool is_thematic(Cursor *cursor) {
  uint32_t sign = peek(cursor, 0);
  if (sign != '*' && sign != '-' && sign != '_') return false;
  uint32_t count = 0;
  for (uint32_t i = 0;; i++) {
    uint32_t c = peek(cursor, i);
    if (c == sign) count++;
    else if (is_end(c)) return count >= 3;
    else if (!is_space(c)) return false;
  }
}

static inline bool is_mark_note(uint32_t c) { return c == '*' || digit_value(c) >= 0; }

// `MOD EUR/48A1/9` and nothing else on the line.
static bool is_mark(Cursor *cursor) {
  static const char *const KINDS[] = {"MOD", "ADD", "SUP", "NOC"};
  uint32_t i = 0;
  bool bracket = peek(cursor, 0) == '(';
  if (bracket) i++;
  bool known = false;
  for (uint32_t k = 0; k < 4 && !known; k++) {
    known = peek(cursor, i) == (uint32_t)KINDS[k][0] && peek(cursor, i + 1) == (uint32_t)KINDS[k][1] &&
            peek(cursor, i + 2) == (uint32_t)KINDS[k][2];
  }
  if (!known) return false;
  i += 3;
  if (bracket) {
    if (peek(cursor, i) != ')') return false;
    i++;
  }
  for (uint32_t k = 0; k < 3 && is_mark_note(peek(cursor, i)); k++) i++;
  if (is_end(peek(cursor, i))) return true;
  if (!is_space(peek(cursor, i))) return false;
  uint32_t words = 0;
  bool number = false;
  while (i < 128) {
    while (is_space(peek(cursor, i))) i++;
    if (is_end(peek(cursor, i))) return words == 0 || number;
    if (++words > 2) return false;
    for (uint32_t c; c = peek(cursor, i), c != TOO_FAR && !is_end(c) && !is_space(c); i++) {
      if (c == '/' || digit_value(c) >= 0) number = true;
      if (i >= 128) return false;
    }
  }
  return false;
}

// `Reasons:` in one of the six languages, also in italics or in a change.
static bool is_reasons(Cursor *cursor) {
  static const uint32_t WORDS[][16] = {
      {'r', 'e', 'a', 's', 'o', 'n', 's'},
      {'m', 'o', 't', 'i', 'f', 's'},
      {'m', 'o', 't', 'i', 'v', 'o', 's'},
      {0x43E, 0x441, 0x43D, 0x43E, 0x432, 0x430, 0x43D, 0x438, 0x44F},
      {0x7406, 0x7531},
      {0x627, 0x644, 0x623, 0x633, 0x628, 0x627, 0x628},
  };
  uint32_t i = opener_at(cursor, 0) ? 3 : 0;
  bool emphasis = peek(cursor, i) == '*';
  if (emphasis) i++;
  for (uint32_t w = 0; w < sizeof(WORDS) / sizeof(*WORDS); w++) {
    uint32_t k = 0;
    for (; WORDS[w][k]; k++) {
      uint32_t c = lower(peek(cursor, i + k));
      if (c >= 0x410 && c <= 0x42F) c += 0x20;
      if (c != WORDS[w][k]) break;
    }
    if (WORDS[w][k]) continue;
    i += k;
    if (emphasis && peek(cursor, i) == '*') i++;
    for (uint32_t s = 0; s < 4 && is_space(peek(cursor, i)); s++) i++;
    return is_colon(peek(cursor, i));
  }
  return false;
}

// The place behind the emphasis that begins at `i` and ends on the same line, or 0.
static uint32_t behind_emphasis(Cursor *cursor, uint32_t i) {
  if (peek(cursor, i) != '*') return 0;
  i++;
  uint32_t c = peek(cursor, i);
  if (c == '*' || c == TOO_FAR || is_end(c) || is_visible_space(c)) return 0;
  uint32_t before = '*';
  for (;; i++) {
    c = peek(cursor, i);
    if (c == TOO_FAR || is_end(c)) return 0;
    if (c == '\\' && is_punctuation(peek(cursor, i + 1))) {
      i++;
      before = '\\';
      continue;
    }
    if (c == '*') {
      uint32_t run = 1;
      while (peek(cursor, i + run) == '*') run++;
      if (run == 1 && !is_visible_space(before)) return i + 1;
      i += run - 1;
    }
    before = c;
  }
}

// Whether the line is one emphasis and nothing more, but for a comma or colon, footnotes and comments behind it. Changes
// may stand in it or around it; then each reading has one.
static bool is_heading(Cursor *cursor) {
  uint32_t i = 0;
  uint32_t old_count = 0, new_count = 0;
  uint8_t open = 0;
  for (;;) {
    uint32_t c = peek(cursor, i);
    if (c == TOO_FAR) return false;
    if (is_end(c)) return old_count + new_count > 0;
    if (is_space(c)) {
      i++;
      continue;
    }
    if (c == '*') {
      uint32_t behind = behind_emphasis(cursor, i);
      if (!behind) return false;
      if (open != INSERTION && open != SUBSTITUTION_NEW && ++old_count > 1) return false;
      if (open != DELETION && open != SUBSTITUTION_OLD && ++new_count > 1) return false;
      i = behind;
      continue;
    }
    uint8_t opener = opener_at(cursor, i);
    if (opener == COMMENT) {
      i += 3;
      while (!closer_at(cursor, i, COMMENT)) {
        if (peek(cursor, i) == TOO_FAR || is_end(peek(cursor, i))) return false;
        i++;
      }
      i += 3;
      continue;
    }
    if (opener && !open) {
      open = opener;
      i += 3;
      continue;
    }
    if (open && closer_at(cursor, i, open)) {
      open = 0;
      i += 3;
      continue;
    }
    if (open == SUBSTITUTION_OLD && c == '~' && peek(cursor, i + 1) == '>') {
      open = SUBSTITUTION_NEW;
      i += 2;
      continue;
    }
    if (old_count + new_count == 0) return false;
    uint32_t footnote = behind_footnote(cursor, i);
    if (footnote) {
      i = footnote;
      continue;
    }
    switch (c) {
      case ',': case ':': case ';': case 0xFF0C: case 0xFF1A: case 0xFF1B: case 0x61B: case 0x60C: case 0x3001:
        i++;
        continue;
      default:
        return false;
    }
  }
}

typedef struct {
  Kind kind;
  bool labelled, label_inside;
} Line;

// Whether the line, which follows another one of a paragraph, begins a clause in the UN style: `*Recalling* …`. It may
// as well go on with the paragraph, and name a section: `… as decided in / *resolves* 2`. It begins a clause where the
// line before it could be the last of one, or where the verb has a capital.
static bool is_next_verb(Cursor *cursor, uint32_t emphasis, bool after_stop) {
  return after_stop || is_capital(peek(cursor, emphasis + 1));
}

// What the line at the cursor begins. `fresh`: a blank line or the end of a one-line block stands before it, so that
// it cannot go on with a paragraph. `after_stop`: what stands before it ends as a clause may end.
static Line classify(const Scanner *s, Cursor *cursor, uint32_t column, bool fresh, bool after_stop) {
  Line line = {fresh ? PARAGRAPH : CONTINUATION, false, false};
  uint32_t c = peek(cursor, 0);
  switch (c) {
    case '#': {
      uint32_t count = 1;
      while (count < 16 && peek(cursor, count) == '#') count++;
      uint32_t behind = peek(cursor, count);
      if (is_space(behind) || is_end(behind)) {
        bool head = s->block == MARK || s->block == TITLE || s->block == SUBJECT;
        line.kind = count == 1 ? TITLE : count == 2 && head ? SUBJECT : DIVISION;
      }
      return line;
    }
    case 'M': case 'A': case 'S': case 'N': case '(':
      if (is_mark(cursor)) {
        line.kind = MARK;
        return line;
      }
      break;
    case '[': {
      uint32_t behind = behind_footnote(cursor, 0);
      if (behind && peek(cursor, behind) == ':') {
        line.kind = FOOTNOTE;
        return line;
      }
      break;
    }
    case '*': case '-': case '_':
      if (is_thematic(cursor)) {
        line.kind = THEMATIC;
        return line;
      }
      break;
    default:
      break;
  }
  if (is_reasons(cursor)) {
    line.kind = REASONS;
    return line;
  }
  if ((c == '*' || c == '{') && is_heading(cursor)) {
    line.kind = HEADING;
    return line;
  }
  uint32_t label = find_label(cursor, &line.label_inside);
  if (label) {
    line.kind = CLAUSE;
    line.labelled = !line.label_inside;
    return line;
  }
  uint8_t opener = opener_at(cursor, 0);
  uint32_t emphasis = opener && opener != COMMENT ? 3 : 0;
  if ((fresh || (column == 0 && is_next_verb(cursor, emphasis, after_stop))) && behind_emphasis(cursor, emphasis)) {
    line.kind = CLAUSE;
  }
  return line;
}

// Whether a block is one line and no more.
static inline bool is_one_line(uint8_t block) {
  return block == MARK || block == TITLE || block == DIVISION || block == HEADING || block == THEMATIC ||
         block == METADATA || block == NOTHING;
}

// Whether the text begins with metadata: a line `---`, a line with a key, and another line `---` not too far below.
// The cursor is behind the first line.
static bool is_metadata(Cursor *cursor) {
  bool first = true;
  for (uint32_t lines = 0; lines < MAX_METADATA_LINES; lines++) {
    if (peek(cursor, 0) == END_OF_TEXT) return false;
    if (peek(cursor, 0) == '-' && peek(cursor, 1) == '-' && peek(cursor, 2) == '-' && rest_is_blank(cursor, 3)) return true;
    if (first && !rest_is_blank(cursor, 0)) {
      uint32_t i = 0;
      while (i < MAX_NAME && !is_colon(peek(cursor, i)) && !is_end(peek(cursor, i))) i++;
      if (i == 0 || !is_colon(peek(cursor, i))) return false;
      first = false;
    }
    while (!is_end(peek(cursor, 0))) next(cursor);
    if (peek(cursor, 0) == END_OF_TEXT) return false;
    next_line_end(cursor);
  }
  return false;
}

// Looks over the white space in front of the next line that is not blank, and settles what it is.
static void look_for_next(Scanner *s, Cursor *cursor) {
  bool at_start = s->phase == AT_START;
  uint32_t column = 0, line_ends = 0;
  s->gap = false;
  for (;;) {
    uint32_t c = peek(cursor, 0);
    if (is_line_end(c)) {
      next_line_end(cursor);
      line_ends++;
      column = 0;
    } else if (is_space(c)) {
      next(cursor);
      column = advance_column(column, c);
    } else {
      break;
    }
    s->gap = true;
  }
  s->next_labelled = s->next_label_inside = s->next_marked = false;
  s->next_column = (uint16_t)column;
  if (peek(cursor, 0) == END_OF_TEXT) {
    s->next = NOTHING;
    s->next_column = 0;
    return;
  }
  bool fresh = at_start || line_ends > 1 || is_one_line(s->block);
  Line line = classify(s, cursor, column, fresh, s->after_stop);
  // Lines with `##` are one subject, whatever blank lines stand between.
  if (line.kind == SUBJECT && s->block == SUBJECT) {
    line.kind = CONTINUATION;
    s->next_marked = true;
  }
  s->next = line.kind;
  s->next_labelled = line.labelled;
  s->next_label_inside = line.label_inside;
  if (at_start && !s->gap && line.kind == THEMATIC && peek(cursor, 0) == '-' && peek(cursor, 1) == '-' &&
      peek(cursor, 2) == '-' && rest_is_blank(cursor, 3)) {
    while (!is_end(peek(cursor, 0))) next(cursor);
    if (peek(cursor, 0) != END_OF_TEXT) {
      next_line_end(cursor);
      if (is_metadata(cursor)) s->next = METADATA;
    }
  }
}

#endif
