// What the scanner knows between two tokens.
#ifndef RESMARK_STATE_H
#define RESMARK_STATE_H

#include "cursor.h"

#define MAX_DEPTH 64    // clauses in clauses; what is deeper counts as the deepest
#define MAX_BRACKETS 4  // brackets in brackets; what is deeper is text
#define MAX_NESTING 8   // constructs in constructs: brackets, and each other kind once

// In the order of `externals` in grammar.js.
enum Token {
  DOCUMENT_START,
  BLOCK_END,
  GAP,
  RESOLUTION_START,
  RESOLUTION_END,
  DIVISION_START,
  DIVISION_END,
  SECTION_START,
  SECTION_END,
  CLAUSE_START,
  CLAUSE_END,
  PARAGRAPH_START,
  REASONS_START,
  TITLE_MARKER,
  SUBJECT_MARKER,
  DIVISION_MARKER,
  THEMATIC_LINE,
  METADATA_FENCE,
  METADATA_KEY,
  METADATA_COLON,
  METADATA_VALUE,
  METADATA_OTHER,
  MARK_OPEN,
  PROPOSAL_KIND,
  MARK_CLOSE,
  MARK_NOTE,
  MARK_SPACE,
  PROPOSAL_NUMBER,
  LABEL_START,
  LABEL_TEXT,
  LABEL_END,
  TEXT,
  ESCAPE,
  SOFT_BREAK,
  LINE_END,
  EMPHASIS_OPEN,
  EMPHASIS_CLOSE,
  BRACKET_OPEN,
  BRACKET_CLOSE,
  PIN_OPEN,
  PIN_MIDDLE,
  CITATION_TARGET,
  PIN_CLOSE,
  FOOTNOTE_OPEN,
  FOOTNOTE_NAME,
  FOOTNOTE_CLOSE,
  FOOTNOTE_COLON,
  INSERTION_OPEN,
  INSERTION_CLOSE,
  DELETION_OPEN,
  DELETION_CLOSE,
  SUBSTITUTION_OPEN,
  SUBSTITUTION_MIDDLE,
  SUBSTITUTION_CLOSE,
  COMMENT_OPEN,
  COMMENT_TEXT,
  COMMENT_CLOSE,
  UNCLOSED_CHANGE,
  FORCED_CLOSE,
};

// What a line begins.
typedef enum {
  NOTHING,  // the end of the text
  CONTINUATION,
  METADATA,
  MARK,
  TITLE,
  SUBJECT,
  DIVISION,
  HEADING,
  REASONS,
  FOOTNOTE,
  THEMATIC,
  CLAUSE,
  PARAGRAPH,
} Kind;

// What the scanner is about to read.
typedef enum {
  AT_START,
  CLOSING,   // what the next block closes
  OPENING,   // what it opens
  INLINE,    // words
  SOFT,      // the line end inside a paragraph
  MARK_WORD,
  MARK_REST,
  MARK_NUMBER,
  ENDING,  // white space, and the block is over
  META_LINE,
  META_COLON,
  META_VALUE,
} Phase;

// A short thing that is read token by token once it has been seen whole.
typedef enum {
  NO_PART,
  PART_LABEL,          // a label begins here
  PART_PLAIN_LABEL,    // the same, inside of a change
  PART_IN_LABEL,       // `label_left` more characters of it
  PART_REFERENCE,      // behind `[^`
  PART_REFERENCE_END,  // behind the name
  PART_DEFINITION,
  PART_DEFINITION_END,
  PART_TARGET,  // behind `](`
  PART_TARGET_END,
  PART_COMMENT,  // behind `{>>`
} Part;

typedef struct {
  uint8_t phase;
  uint8_t part;
  uint8_t block;        // the Kind that is being read
  uint8_t next;         // the Kind that comes
  uint16_t next_column;
  bool next_labelled;   // a clause whose label comes first
  bool next_label_inside;  // … whose label comes first inside of a change
  bool next_marked;     // a further line of a subject that begins with `##`
  bool gap;             // white space comes before it
  bool in_resolution, in_division, in_section;
  uint8_t head;         // Kind of the block before, if a subject may follow: MARK, TITLE
  bool label_inside;    // a label may come behind the next change opener or `~>`
  bool after_space;     // the character before is white space
  bool after_stop;      // the last character that is none is a `is_stop`
  uint8_t label_left;
  uint8_t nesting;
  uint8_t open[MAX_NESTING];
  uint8_t none[MAX_NESTING + 1];  // constructs that are known to have no closer, for each level
  uint8_t skip[MAX_NESTING];      // of a bracket: how many `[` in it are text, and as many `]`
  uint8_t misses;
  uint8_t depth;
  uint16_t columns[MAX_DEPTH];  // of the clauses that are open
} Scanner;

// Writes the state to at most TREE_SITTER_SERIALIZATION_BUFFER_SIZE bytes; mostly to so few that tree-sitter keeps them
// in place. Returns their number.
static unsigned serialize(const Scanner *s, uint8_t *out) {
  unsigned n = 0;
  out[n++] = s->phase;
  out[n++] = s->part;
  out[n++] = s->block;
  out[n++] = s->next;
  out[n++] = (uint8_t)(s->next_column & 0xFF);
  out[n++] = (uint8_t)(s->next_column >> 8);
  out[n++] = (uint8_t)(s->next_labelled | s->next_label_inside << 1 | s->next_marked << 2 | s->gap << 3 |
                       s->in_resolution << 4 | s->in_division << 5 | s->in_section << 6 | s->label_inside << 7);
  out[n++] = (uint8_t)(s->head | s->after_stop << 3 | s->misses << 4 | s->after_space << 7);
  out[n++] = s->label_left;
  out[n++] = s->nesting;
  out[n++] = s->none[0];
  for (uint32_t i = 0; i < s->nesting; i++) {
    out[n++] = s->open[i];
    out[n++] = s->none[i + 1];
    out[n++] = s->skip[i];
  }
  // What is left is the columns: their number follows from the length.
  for (uint32_t i = 0; i < s->depth; i++) {
    out[n++] = (uint8_t)(s->columns[i] & 0xFF);
    out[n++] = (uint8_t)(s->columns[i] >> 8);
  }
  return n;
}

// Reads the state back; without any bytes it is that before the first token.
static void deserialize(Scanner *s, const uint8_t *in, unsigned length) {
  memset(s, 0, sizeof(*s));
  if (length < 11) return;
  unsigned n = 0;
  s->phase = in[n++];
  s->part = in[n++];
  s->block = in[n++];
  s->next = in[n++];
  s->next_column = (uint16_t)(in[n] | in[n + 1] << 8);
  n += 2;
  uint8_t flags = in[n++];
  s->next_labelled = flags & 1;
  s->next_label_inside = flags >> 1 & 1;
  s->next_marked = flags >> 2 & 1;
  s->gap = flags >> 3 & 1;
  s->in_resolution = flags >> 4 & 1;
  s->in_division = flags >> 5 & 1;
  s->in_section = flags >> 6 & 1;
  s->label_inside = flags >> 7 & 1;
  s->head = in[n] & 7;
  s->after_stop = in[n] >> 3 & 1;
  s->misses = in[n] >> 4 & 7;
  s->after_space = in[n++] >> 7;
  s->label_left = in[n++];
  s->nesting = in[n++];
  s->none[0] = in[n++];
  if (s->nesting > MAX_NESTING) s->nesting = MAX_NESTING;
  for (uint32_t i = 0; i < s->nesting && n + 3 <= length; i++) {
    s->open[i] = in[n++];
    s->none[i + 1] = in[n++];
    s->skip[i] = in[n++];
  }
  while (n + 2 <= length && s->depth < MAX_DEPTH) {
    s->columns[s->depth++] = (uint16_t)(in[n] | in[n + 1] << 8);
    n += 2;
  }
}

#endif
