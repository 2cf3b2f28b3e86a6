// The external scanner of Resmark: every token comes from here.
//
// How it works. At the end of each paragraph the scanner looks ahead over the line end, blank lines and indentation,
// and at the beginning of the next line, and settles what that line is (`look_for_next`). It keeps the answer in its
// state and then, without looking again, closes what the new line closes, takes the white space between as one token,
// opens what it opens, and reads on (`scan`). Inside a paragraph an opener (`{++`, `*`, `[` …) is one only if its closer
// stands in the same paragraph (`find_closer`); otherwise it is text.
//
// Why it is linear. A closer is looked for once per opener; the stretches so read do not overlap, since nothing nests in
// itself. Where none is found, the state remembers it up to the end of the paragraph or of the construct around it.
// What a line is, is read off its first WINDOW characters.
//
// Why reparsing after an edit gives the tree of a fresh parse. A token depends on nothing but the state before it and the
// characters that the lexer has been asked for, both of which tree-sitter tracks.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <string.h>

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

#define MAX_DEPTH 64    // clauses in clauses; what is deeper counts as the deepest
#define MAX_BRACKETS 4  // brackets in brackets; what is deeper is text
#define MAX_NESTING 8   // constructs in constructs: brackets, and each other kind once
#define MAX_MISSES 4    // `[` without a partner that are looked after in a paragraph
#define MAX_COLUMN 0xFFFF
#define WINDOW 1024     // characters of a line that tell what it is
#define LABEL_WINDOW 160
#define MAX_NAME 64     // characters of a footnote's name
#define MAX_RUN 8       // `+` in a row in front of `}`
#define MAX_METADATA_LINES 200

#define END_OF_TEXT 0xFFFFFFFFu
#define TOO_FAR 0xFFFFFFFEu

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
  uint8_t label_left;
  uint8_t nesting;
  uint8_t open[MAX_NESTING];
  uint8_t none[MAX_NESTING + 1];  // constructs that are known to have no closer, for each level
  uint8_t skip[MAX_NESTING];      // of a bracket: how many `[` in it are text, and as many `]`
  uint8_t misses;
  uint8_t depth;
  uint16_t columns[MAX_DEPTH];  // of the clauses that are open
} Scanner;

// ------------------------------------------------------------------------------------------------------ characters

static inline bool is_line_end(uint32_t c) { return c == '\n' || c == '\r'; }

static inline bool is_end(uint32_t c) { return is_line_end(c) || c == END_OF_TEXT; }

// White space inside of a line, and the marks of direction that Arabic texts carry between words.
static inline bool is_space(uint32_t c) {
  if (c < 0x80) return c == ' ' || c == '\t' || c == 0x0B || c == 0x0C;
  return c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x200E ||
         c == 0x200F || c == 0x61C || c == 0xFEFF;
}

static inline uint32_t advance_column(uint32_t column, uint32_t c) {
  if (c == '\t') column = (column / 4 + 1) * 4;
  else if (c == 0x3000) column += 2;
  else if (c == 0x200B || c == 0x200E || c == 0x200F || c == 0x61C || c == 0xFEFF) return column;
  else column += 1;
  return column > MAX_COLUMN ? MAX_COLUMN : column;
}

static inline bool is_punctuation(uint32_t c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

// Neither white space nor anything that could be a sigil, so that no construct begins or ends in a name.
static inline bool is_name(uint32_t c) {
  if (c == END_OF_TEXT || c == TOO_FAR || is_line_end(c) || is_space(c) || c == 0) return false;
  return !is_punctuation(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '/';
}

static inline bool is_cjk(uint32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF && c != 0x3000) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x201C ||
         c == 0x2018;
}

static inline bool is_arabic_letter(uint32_t c) { return c >= 0x620 && c <= 0x64A && c != 0x640; }

static inline bool is_cyrillic_letter(uint32_t c) { return (c >= 0x400 && c <= 0x45F) || (c >= 0x490 && c <= 0x4FF); }

// The value of a decimal digit of any script that labels use, or -1.
static inline int digit_value(uint32_t c) {
  if (c >= '0' && c <= '9') return (int)(c - '0');
  if (c >= 0x660 && c <= 0x669) return (int)(c - 0x660);
  if (c >= 0x6F0 && c <= 0x6F9) return (int)(c - 0x6F0);
  if (c >= 0xFF10 && c <= 0xFF19) return (int)(c - 0xFF10);
  return -1;
}

// A Latin letter, full-width ones as the ordinary ones; 0 for anything else.
static inline uint32_t latin_letter(uint32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return c;
  if (c >= 0xFF21 && c <= 0xFF3A) return c - 0xFF21 + 'A';
  if (c >= 0xFF41 && c <= 0xFF5A) return c - 0xFF41 + 'a';
  return 0;
}

static inline bool is_chinese_numeral(uint32_t c) {
  switch (c) {
    case 0x4E00: case 0x4E8C: case 0x4E09: case 0x56DB: case 0x4E94: case 0x516D: case 0x4E03: case 0x516B:
    case 0x4E5D: case 0x5341: case 0x767E: case 0x96F6: case 0x3007: case 0x4E24:
      return true;
    default:
      return false;
  }
}

static inline uint32_t lower(uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

// ---------------------------------------------------------------------------------------------------------- cursor

// Characters that the lexer has been asked for and that are still to be read: looking ahead without losing them.
typedef struct {
  TSLexer *lexer;
  uint32_t head, len;
  uint32_t buffer[WINDOW];
} Cursor;

static inline uint32_t current(TSLexer *lexer) {
  if (lexer->lookahead == 0 && lexer->eof(lexer)) return END_OF_TEXT;
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

// The length of a footnote's name.
static inline uint32_t name_length(Cursor *cursor) {
  uint32_t length = 0;
  while (length < MAX_NAME && is_name(peek(cursor, length))) length++;
  return length;
}

static inline bool is_change_sigil(uint32_t c) { return c == '+' || c == '-' || c == '~' || c == '>'; }

// The change that an opener at `i` begins, or 0.
static inline uint8_t opener_at(Cursor *cursor, uint32_t i) {
  if (peek(cursor, i) != '{') return 0;
  uint32_t c = peek(cursor, i + 1);
  if (!is_change_sigil(c) || peek(cursor, i + 2) != c) return 0;
  return c == '+' ? INSERTION : c == '-' ? DELETION : c == '~' ? SUBSTITUTION_OLD : COMMENT;
}

static inline bool closer_at(Cursor *cursor, uint32_t i, uint8_t kind) {
  uint32_t c = kind == INSERTION ? '+' : kind == DELETION ? '-' : kind == COMMENT ? '<' : '~';
  return peek(cursor, i) == c && peek(cursor, i + 1) == c && peek(cursor, i + 2) == '}';
}

// ---------------------------------------------------------------------------------------------------------- labels

// A change among the first characters of a line; places count characters from the line's first.
typedef struct {
  uint8_t kind;     // INSERTION, DELETION or SUBSTITUTION_OLD
  uint16_t start;   // of its opener
  uint16_t middle;  // of `~>`; 0 for none
  uint16_t close;   // of its closer; 0 when that is further away
} Change;

// The first characters of a line as one reading shows them, each with its place in the line.
typedef struct {
  uint32_t len;
  uint32_t c[LABEL_WINDOW + 1];
  uint16_t end[LABEL_WINDOW];    // characters of the line up to and with this one
  uint8_t change[LABEL_WINDOW];  // the change that it stands in, counted from 1; 0 for none
} Reading;

static inline uint32_t at(const Reading *reading, uint32_t i) {
  return i < reading->len ? reading->c[i] : reading->c[reading->len];
}

// Whether what stands at `i` may stand behind a label. `tight`: behind a bracket or a full-width sign, which Chinese
// text follows at once.
static bool ends_label(const Reading *reading, uint32_t i, bool tight, bool full_width) {
  uint32_t c = at(reading, i);
  return full_width || is_end(c) || is_space(c) || (tight && is_cjk(c));
}

// The length of `bis`, `ter` … at `i`, or 0.
static uint32_t suffix_length(const Reading *reading, uint32_t i) {
  static const char *const SUFFIXES[] = {"bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies"};
  for (uint32_t s = 0; s < sizeof(SUFFIXES) / sizeof(*SUFFIXES); s++) {
    const char *suffix = SUFFIXES[s];
    uint32_t k = 0;
    while (suffix[k] && at(reading, i + k) == (uint32_t)suffix[k]) k++;
    uint32_t c = at(reading, i + k);
    if (!suffix[k] && !latin_letter(c) && digit_value(c) < 0) return k;
  }
  return 0;
}

// Whether `n` letters are a number from 1 to 399 in Roman digits, written in the usual way.
static bool is_roman(const uint32_t *letters, uint32_t n) {
  static const char *const UNITS[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
  static const char *const TENS[] = {"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"};
  uint32_t hundreds = 0;
  while (hundreds < n && hundreds < 3 && lower(letters[hundreds]) == 'c') hundreds++;
  // `xc` begins with x, so the hundreds can be taken off first.
  for (uint32_t t = 0; t < 10; t++) {
    for (uint32_t u = 0; u < 10; u++) {
      uint32_t tens = (uint32_t)strlen(TENS[t]), units = (uint32_t)strlen(UNITS[u]);
      if (hundreds + tens + units != n) continue;
      uint32_t k = 0;
      while (k < tens && lower(letters[hundreds + k]) == (uint32_t)TENS[t][k]) k++;
      if (k < tens) continue;
      k = 0;
      while (k < units && lower(letters[hundreds + tens + k]) == (uint32_t)UNITS[u][k]) k++;
      if (k == units) return true;
    }
  }
  return false;
}

static inline bool is_open_bracket(uint32_t c) { return c == '(' || c == 0xFF08; }
static inline bool is_close_bracket(uint32_t c) { return c == ')' || c == 0xFF09; }
static inline bool is_full_stop(uint32_t c) { return c == '.' || c == 0xFF0E; }

// The length of the label that begins at `start` of a reading, the white space behind it not included; 0 for none.
static uint32_t label_length(const Reading *reading, uint32_t start) {
  uint32_t i = start;
  uint32_t c = at(reading, i);
  bool bracket = is_open_bracket(c);
  if (bracket) i++;
  uint32_t body = i;
  c = at(reading, i);

  bool digits = false, chinese = false, two_letters = false;
  if (digit_value(c) >= 0) {
    digits = true;
    uint32_t parts = 0, value = 0;
    for (;;) {
      uint32_t first = i;
      value = 0;
      while (i - first < 6 && digit_value(at(reading, i)) >= 0) value = value * 10 + (uint32_t)digit_value(at(reading, i++));
      if (i - first > 5) return 0;
      parts++;
      if (parts < 6 && is_full_stop(at(reading, i)) && digit_value(at(reading, i + 1)) >= 0) i++;
      else break;
    }
    uint32_t space = at(reading, i) == ' ' ? 1 : 0;
    uint32_t suffix = suffix_length(reading, i + space);
    if (suffix) i += space + suffix;
    else if (parts == 1 && i - body == 4 && value >= 1900 && value <= 2099) return 0;  // a year
    if (parts > 1 && !bracket && (is_end(at(reading, i)) || is_space(at(reading, i)))) return i - start;
  } else if (is_chinese_numeral(c)) {
    chinese = true;
    while (is_chinese_numeral(at(reading, i))) i++;
    if (i - body > 5) return 0;
  } else if (latin_letter(c)) {
    uint32_t letters[8];
    uint32_t n = 0;
    while (n < 8 && latin_letter(at(reading, i + n))) {
      letters[n] = latin_letter(at(reading, i + n));
      n++;
    }
    // The suffix may be attached: `abis)` is a and bis.
    uint32_t attached = n > 3 || n == 8 ? suffix_length(reading, i + 1) : 0;
    if (attached) {
      i += 1 + attached;
    } else {
      if (n > 7) return 0;
      bool doubled = n == 2 && letters[0] == letters[1];
      if (n > 2 || (n == 2 && !doubled)) {
        if (!is_roman(letters, n)) {
          if (n != 2) return 0;
          two_letters = true;
        }
      }
      i += n;
      if (at(reading, i) == ' ') {
        uint32_t suffix = suffix_length(reading, i + 1);
        if (suffix) i += 1 + suffix;
      }
    }
  } else if (is_cyrillic_letter(c)) {
    i++;
    if (at(reading, i) == c) i++;
  } else if (is_arabic_letter(c)) {
    i++;
    if (at(reading, i) == 0x640) i++;  // the letter heh is written with a stroke behind it
  } else if (!bracket) {
    switch (c) {
      case 0x2013: case 0x2014: case 0x2022: case 0xB7: case '-': case 0x2011:
        return ends_label(reading, i + 1, false, false) ? 1 : 0;
      default:
        return 0;
    }
  } else {
    return 0;
  }

  c = at(reading, i);
  if (is_close_bracket(c)) return ends_label(reading, i + 1, true, c == 0xFF09) ? i + 1 - start : 0;
  if (bracket) return 0;
  if (c == 0x3001) return digits || chinese ? i + 1 - start : 0;
  if (is_full_stop(c)) return !two_letters && ends_label(reading, i + 1, digits || chinese, c == 0xFF0E) ? i + 1 - start : 0;
  if (digits && c == '\t') return i - start;
  return 0;
}

// Finds the changes among the first characters of the line, up to what no label can hold. Returns their number;
// `*length` is the number of characters looked at.
static uint32_t find_changes(Cursor *cursor, Change *changes, uint32_t *length) {
  uint32_t count = 0, i = 0;
  Change *open = NULL;
  while (i < LABEL_WINDOW) {
    uint32_t c = peek(cursor, i);
    if (c == TOO_FAR || is_end(c) || c == '\\') break;
    uint8_t opener = opener_at(cursor, i);
    if (!open && opener) {
      if (opener == COMMENT) break;
      changes[count] = (Change){opener, (uint16_t)i, 0, 0};
      open = &changes[count++];
      i += 3;
      continue;
    }
    uint32_t sigil = !open ? 0 : open->kind == INSERTION ? '+' : open->kind == DELETION ? '-' : '~';
    if (sigil && c == sigil) {
      uint32_t run = 1;
      while (run < 3 && peek(cursor, i + run) == sigil) run++;
      if (run == 1 && sigil == '~' && !open->middle && peek(cursor, i + 1) == '>') {
        open->middle = (uint16_t)i;
        i += 2;
        continue;
      }
      if (run == 2 && peek(cursor, i + 2) == '}' && (sigil != '~' || open->middle)) {
        open->close = (uint16_t)i;
        open = NULL;
        i += 3;
        continue;
      }
      if (run > 1) break;
    }
    i++;
  }
  *length = i;
  return count;
}

// Reads the first `length` characters of the line as they are in one of the two readings.
static void read_side(Cursor *cursor, const Change *changes, uint32_t count, uint32_t length, bool old_side, Reading *reading) {
  uint32_t k = 0;  // changes begun
  reading->len = 0;
  for (uint32_t i = 0; i < length;) {
    if (k < count && changes[k].start == i) {
      k++;
      i += 3;
      continue;
    }
    const Change *change = k ? &changes[k - 1] : NULL;
    if (change && change->close && i >= change->close) {
      if (i == change->close) {
        i += 3;
        continue;
      }
      change = NULL;
    }
    bool hidden = false;
    if (change && change->kind == SUBSTITUTION_OLD) {
      if (change->middle && i == change->middle) {
        i += 2;
        continue;
      }
      bool new_half = change->middle && i > change->middle;
      hidden = new_half == old_side;
    } else if (change) {
      hidden = (change->kind == INSERTION) == old_side;
    }
    uint32_t c = peek(cursor, i++);
    if (hidden) continue;
    reading->c[reading->len] = c;
    reading->end[reading->len] = (uint16_t)i;
    reading->change[reading->len] = (uint8_t)(change ? k : 0);
    reading->len++;
  }
  uint32_t c = peek(cursor, length);
  reading->c[reading->len] = is_end(c) ? c : TOO_FAR;
}

// The label of one reading.
typedef struct {
  bool found;
  uint32_t end;    // characters of the line up to its last
  uint8_t change;  // the change in which it ends, counted from 1; 0 for none
} SideLabel;

static SideLabel side_label(const Reading *reading) {
  SideLabel label = {false, 0, 0};
  uint32_t start = 0;
  while (start < reading->len && is_space(reading->c[start])) start++;
  uint32_t length = label_length(reading, start);
  if (!length || start + length > reading->len) return label;
  label.found = true;
  label.end = reading->end[start + length - 1];
  label.change = reading->change[start + length - 1];
  return label;
}

static bool is_blank(Cursor *cursor, uint32_t start, uint32_t end) {
  while (start < end && is_space(peek(cursor, start))) start++;
  return start >= end;
}

// How many characters that are no white space a reading shows before a place in the line.
static uint32_t words_before(const Reading *reading, uint32_t end) {
  uint32_t words = 0;
  for (uint32_t i = 0; i < reading->len && reading->end[i] <= end; i++) {
    if (!is_space(reading->c[i])) words++;
  }
  return words;
}

// Where the label of one reading ends, when that is in `change`: behind the change if it holds nothing else. 0 when it
// holds more.
static uint32_t end_in_change(Cursor *cursor, const Change *change, SideLabel own, SideLabel other, bool old_side) {
  if (!change->close) return 0;
  if (change->kind != SUBSTITUTION_OLD) return is_blank(cursor, own.end, change->close) ? change->close + 3u : 0;
  uint32_t half_end = old_side ? change->middle : change->close;
  if (!is_blank(cursor, own.end, half_end)) return 0;
  uint32_t other_start = old_side ? change->middle + 2u : change->start + 3u;
  uint32_t other_end = old_side ? change->close : change->middle;
  bool label_too = other.found && (other.end > change->close || (other.end > other_start && is_blank(cursor, other.end, other_end)));
  return label_too || is_blank(cursor, other_start, other_end) ? change->close + 3u : 0;
}

#define MAX_OTHER_WORDS 8  // characters that a reading without a label may have where the other one has its label

// Finds the label that the line begins with in either reading. Returns its length in characters, sigils included; 0 for
// none. `*inside` is set, and 1 returned, when it stands at the beginning of a change that holds more than it.
static uint32_t find_label(Cursor *cursor, bool *inside) {
  *inside = false;
  bool tracked = false;
  for (uint32_t i = 0; i < 24 && !tracked; i++) {
    uint32_t c = peek(cursor, i);
    if (c == TOO_FAR || is_end(c)) break;
    tracked = opener_at(cursor, i) != 0;
  }
  Reading old_side;
  if (!tracked) {
    for (old_side.len = 0; old_side.len < 48; old_side.len++) {
      uint32_t c = peek(cursor, old_side.len);
      if (c == TOO_FAR || is_end(c)) break;
      old_side.c[old_side.len] = c;
    }
    old_side.c[old_side.len] = peek(cursor, old_side.len);
    return label_length(&old_side, 0);
  }

  Change changes[LABEL_WINDOW / 3 + 1];
  uint32_t length;
  uint32_t count = find_changes(cursor, changes, &length);
  Reading new_side;
  read_side(cursor, changes, count, length, true, &old_side);
  read_side(cursor, changes, count, length, false, &new_side);
  SideLabel old_label = side_label(&old_side), new_label = side_label(&new_side);
  uint32_t end = 0;
  for (uint32_t side = 0; side < 2; side++) {
    SideLabel own = side ? new_label : old_label, other = side ? old_label : new_label;
    if (!own.found) continue;
    uint32_t own_end = own.end;
    if (own.change) {
      own_end = end_in_change(cursor, &changes[own.change - 1], own, other, side == 0);
      if (!own_end) {
        if (changes[own.change - 1].start > 0) continue;
        *inside = true;
        return 1;
      }
    }
    if (own_end > end) end = own_end;
  }
  if (!old_label.found && words_before(&old_side, end) > MAX_OTHER_WORDS) return 0;
  if (!new_label.found && words_before(&new_side, end) > MAX_OTHER_WORDS) return 0;
  return end;
}

// The length of a label that begins right here and holds no changes; it may end with a change.
static uint32_t plain_label(Cursor *cursor) {
  Reading reading;
  for (reading.len = 0; reading.len < 48; reading.len++) {
    uint32_t c = peek(cursor, reading.len);
    bool stop = c == END_OF_TEXT || c == TOO_FAR || is_line_end(c) || closer_at(cursor, reading.len, INSERTION) ||
                closer_at(cursor, reading.len, DELETION) || closer_at(cursor, reading.len, SUBSTITUTION_OLD) ||
                (c == '~' && peek(cursor, reading.len + 1) == '>') || opener_at(cursor, reading.len);
    if (stop) break;
    reading.c[reading.len] = c;
  }
  reading.c[reading.len] = END_OF_TEXT;
  return label_length(&reading, 0);
}

// ----------------------------------------------------------------------------------------------- what a line begins

// Whether `i` is at the end of the line but for white space.
static bool rest_is_blank(Cursor *cursor, uint32_t i) {
  while (is_space(peek(cursor, i))) i++;
  return is_end(peek(cursor, i));
}

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

// The place behind `[^name]` at `i`, or 0.
static uint32_t behind_footnote(Cursor *cursor, uint32_t i) {
  if (peek(cursor, i) != '[' || peek(cursor, i + 1) != '^') return 0;
  uint32_t first = i + 2, k = first;
  while (k - first < MAX_NAME && is_name(peek(cursor, k))) k++;
  return k > first && peek(cursor, k) == ']' ? k + 1 : 0;
}

static inline bool is_colon(uint32_t c) { return c == ':' || c == 0xFF1A; }

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
  if (c == '*' || c == TOO_FAR || is_end(c) || is_space(c)) return 0;
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
      if (run == 1 && !is_space(before)) return i + 1;
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

// What the line at the cursor begins. `fresh`: a blank line or the end of a one-line block stands before it, so that
// it cannot go on with a paragraph.
static Line classify(const Scanner *s, Cursor *cursor, uint32_t column, bool fresh) {
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
  if (fresh || column == 0) {
    uint8_t opener = opener_at(cursor, 0);
    if (behind_emphasis(cursor, opener && opener != COMMENT ? 3 : 0)) line.kind = CLAUSE;
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
  Line line = classify(s, cursor, column, fresh);
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

// ------------------------------------------------------------------------------------------------ inside a paragraph

static inline bool is_open(const Scanner *s, uint8_t kinds) {
  for (uint32_t i = 0; i < s->nesting; i++) {
    if (s->open[i] & kinds) return true;
  }
  return false;
}

static void push(Scanner *s, uint8_t kind) {
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
  bool middle = false, known = true;
  uint32_t brackets;
  int bracket = innermost_bracket(s, &brackets);
  // `[` that have been passed and whose `]` is still to come.
  uint32_t depth = kind != BRACKET && bracket >= 0 ? s->skip[bracket] : 0;
  uint32_t before = 'x';
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
      Line line = classify(s, cursor, column, false);
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
          uint32_t length = name_length(cursor);
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
        if (run == 1 && (watched & EMPHASIS) && !is_space(before)) {
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
          known = false;  // `{~~…~~}` without `~>`; a later one may be whole
          goto none;
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
  }
none:
  // A `[` whose partner stands paragraphs further on leaves those behind it alone.
  if (kind == BRACKET && s->nesting == 0 && ++s->misses < MAX_MISSES) known = false;
  if (known) s->none[s->nesting] |= kind;
  return NOT_FOUND;
}

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
  s->after_space = true;
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

// Reads a change sigil of three characters that is known to stand here.
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
      uint8_t kind = sigil == '+' ? INSERTION : sigil == '-' ? DELETION : SUBSTITUTION_OLD;
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
        s->open[s->nesting - 1] = SUBSTITUTION_NEW;
        EMIT(SUBSTITUTION_MIDDLE);
      }
      if (second == sigil) {
        advance(lexer);
        if (current(lexer) == '}') {
          if (words) EMIT(LABEL_TEXT);
          take(lexer, 1);
          s->label_left -= 3;
          s->nesting--;
          EMIT(close_token(top));
        }
        s->label_left--;
      }
      s->label_left--;
      words = true;
      continue;
    }
    advance(lexer);
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
      EMIT(FOOTNOTE_CLOSE);
    case PART_DEFINITION_END:
      take(lexer, 2);
      while (is_space(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      s->part = NO_PART;
      s->after_space = true;
      EMIT(FOOTNOTE_COLON);
    case PART_TARGET:
      while (current(lexer) != ')' && !is_end(current(lexer))) advance(lexer);
      lexer->mark_end(lexer);
      s->part = PART_TARGET_END;
      EMIT(CITATION_TARGET);
    case PART_TARGET_END:
      take(lexer, 1);
      s->part = NO_PART;
      s->after_space = false;
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
        EMIT(COMMENT_CLOSE);
      }
    } else {
      advance(lexer);
    }
    words = true;
  }
}

// Behind `{++`, `{~~` or `~>` of a change around a whole clause its label may come.
static bool label_follows(Scanner *s, TSLexer *lexer) {
  if (!s->label_inside) return false;
  Cursor cursor;
  cursor_init(&cursor, lexer);
  return plain_label(&cursor) > 0;
}

static bool scan_inline(Scanner *s, TSLexer *lexer) {
  if (s->part != NO_PART) return scan_part(s, lexer);

  bool words = false;               // text has been read in this call
  bool space = s->after_space;      // the character before is white space
  for (;;) {
    uint32_t c = current(lexer);
    switch (c) {
      case '\n':
      case '\r':
      case END_OF_TEXT:
        if (!words) return end_block(s, lexer);
        lexer->mark_end(lexer);
        s->after_space = space;
        EMIT(TEXT);

      case '\\':
        lexer->mark_end(lexer);
        advance(lexer);
        if (is_punctuation(current(lexer))) {
          if (words) {
            s->after_space = space;
            EMIT(TEXT);
          }
          take(lexer, 1);
          s->after_space = false;
          EMIT(ESCAPE);
        }
        space = false;
        words = true;
        continue;

      case '*': {
        lexer->mark_end(lexer);
        advance(lexer);
        if (current(lexer) == '*') {
          while (current(lexer) == '*') advance(lexer);
          space = false;
          words = true;
          continue;
        }
        bool closes = !space && is_open(s, EMPHASIS);
        uint32_t behind = current(lexer);
        bool opens = !closes && !is_open(s, EMPHASIS) && !has_no_closer(s, EMPHASIS) && !is_end(behind) && !is_space(behind);
        if (!closes && !opens) {
          space = false;
          words = true;
          continue;
        }
        if (words) {
          s->after_space = space;
          EMIT(TEXT);
        }
        if (closes && s->open[s->nesting - 1] != EMPHASIS) {
          s->nesting--;
          EMIT(FORCED_CLOSE);
        }
        lexer->mark_end(lexer);
        s->after_space = false;
        if (closes) {
          s->nesting--;
          EMIT(EMPHASIS_CLOSE);
        }
        Cursor cursor;
        cursor_init(&cursor, lexer);
        if (find_closer(s, &cursor, EMPHASIS) == NOT_FOUND) EMIT(TEXT);
        push(s, EMPHASIS);
        EMIT(EMPHASIS_OPEN);
      }

      case '[': {
        if (words) {
          lexer->mark_end(lexer);
          s->after_space = space;
          EMIT(TEXT);
        }
        take(lexer, 1);
        s->after_space = false;
        Cursor cursor;
        if (current(lexer) == '^') {
          take(lexer, 1);
          cursor_init(&cursor, lexer);
          uint32_t length = name_length(&cursor);
          if (!length || peek(&cursor, length) != ']') EMIT(TEXT);
          s->part = PART_REFERENCE;
          EMIT(FOOTNOTE_OPEN);
        }
        uint32_t brackets;
        int bracket = innermost_bracket(s, &brackets);
        cursor_init(&cursor, lexer);
        Closer closer = brackets == MAX_BRACKETS || has_no_closer(s, BRACKET) ? NOT_FOUND : find_closer(s, &cursor, BRACKET);
        if (closer == NOT_FOUND) {
          if (bracket >= 0 && s->skip[bracket] < 0xFF) s->skip[bracket]++;
          EMIT(TEXT);
        }
        push(s, closer == FOUND_PIN ? PIN : BRACKET);
        EMIT(closer == FOUND_PIN ? PIN_OPEN : BRACKET_OPEN);
      }

      case ']': {
        uint32_t brackets;
        int bracket = innermost_bracket(s, &brackets);
        if (bracket < 0) break;
        if (s->skip[bracket] || bracket != s->nesting - 1) {
          if (s->skip[bracket] && s->skip[bracket] < 0xFF) s->skip[bracket]--;
          break;
        }
        lexer->mark_end(lexer);
        if (words) {
          s->after_space = space;
          EMIT(TEXT);
        }
        uint8_t top = s->open[--s->nesting];
        take(lexer, 1);
        s->after_space = false;
        if (top == BRACKET) EMIT(BRACKET_CLOSE);
        take(lexer, 1);
        s->part = PART_TARGET;
        EMIT(PIN_MIDDLE);
      }

      case '{': {
        lexer->mark_end(lexer);
        advance(lexer);
        uint32_t sigil = current(lexer);
        space = false;
        if (!is_change_sigil(sigil)) {
          words = true;
          continue;
        }
        advance(lexer);
        if (current(lexer) != sigil) {
          words = true;
          continue;
        }
        if (words) {
          // The character before has been overwritten above: it is read again, with the sigil.
          s->after_space = false;
          EMIT(TEXT);
        }
        take(lexer, 1);
        s->after_space = false;
        uint8_t kind = sigil == '+' ? INSERTION : sigil == '-' ? DELETION : sigil == '~' ? SUBSTITUTION_OLD : COMMENT;
        uint8_t family = kind == SUBSTITUTION_OLD ? SUBSTITUTION_OLD | SUBSTITUTION_NEW : kind;
        Cursor cursor;
        cursor_init(&cursor, lexer);
        bool label = s->label_inside && kind != COMMENT;
        bool labelled = label && plain_label(&cursor) > 0;
        if (is_open(s, family) || has_no_closer(s, kind) || find_closer(s, &cursor, kind) == NOT_FOUND) {
          s->label_inside = false;
          if (labelled) s->part = PART_PLAIN_LABEL;
          EMIT(UNCLOSED_CHANGE);
        }
        if (kind == COMMENT) {
          s->part = PART_COMMENT;
          EMIT(COMMENT_OPEN);
        }
        push(s, kind);
        if (labelled) s->part = PART_PLAIN_LABEL;
        if (kind != SUBSTITUTION_OLD) s->label_inside = false;
        EMIT(open_token(kind));
      }

      case '+':
      case '-':
      case '~': {
        uint8_t family = c == '+' ? INSERTION : c == '-' ? DELETION : SUBSTITUTION_OLD | SUBSTITUTION_NEW;
        if (!is_open(s, family)) break;
        lexer->mark_end(lexer);
        uint32_t run = 0;
        while (current(lexer) == c) {
          advance(lexer);
          run++;
          // One of more than two in front of a closer is text.
          if (run == 1 && !words) lexer->mark_end(lexer);
        }
        bool middle = c == '~' && run <= MAX_RUN && current(lexer) == '>' && is_open(s, SUBSTITUTION_OLD);
        bool closes = run >= 2 && run <= MAX_RUN && current(lexer) == '}';
        if (!middle && !closes) {
          space = false;
          words = true;
          continue;
        }
        if (words) {
          s->after_space = space;
          EMIT(TEXT);
        }
        if (run > (middle ? 1u : 2u)) {
          s->after_space = false;
          EMIT(TEXT);
        }
        uint8_t top = s->open[s->nesting - 1];
        s->after_space = false;
        if (middle) {
          take(lexer, 1);
          if (!(top & family)) {
            s->nesting--;
            EMIT(FORCED_CLOSE);
          }
          s->open[s->nesting - 1] = SUBSTITUTION_NEW;
          s->none[s->nesting] = s->none[s->nesting - 1];
          if (label_follows(s, lexer)) s->part = PART_PLAIN_LABEL;
          s->label_inside = false;
          EMIT(SUBSTITUTION_MIDDLE);
        }
        take(lexer, 1);
        s->nesting--;
        if (!(top & family)) EMIT(FORCED_CLOSE);
        EMIT(close_token(top));
      }

      default:
        break;
    }
    space = is_space(c);
    advance(lexer);
    words = true;
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
  const Scanner *s = payload;
  uint8_t *out = (uint8_t *)buffer;
  unsigned n = 0;
  out[n++] = s->phase;
  out[n++] = s->part;
  out[n++] = s->block;
  out[n++] = s->next;
  out[n++] = (uint8_t)(s->next_column & 0xFF);
  out[n++] = (uint8_t)(s->next_column >> 8);
  out[n++] = (uint8_t)(s->next_labelled | s->next_label_inside << 1 | s->next_marked << 2 | s->gap << 3 |
                       s->in_resolution << 4 | s->in_division << 5 | s->in_section << 6 | s->label_inside << 7);
  out[n++] = (uint8_t)(s->head | s->misses << 4 | s->after_space << 7);
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

void tree_sitter_resmark_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  Scanner *s = payload;
  memset(s, 0, sizeof(*s));
  if (length < 11) return;
  const uint8_t *in = (const uint8_t *)buffer;
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
  s->head = in[n] & 0xF;
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

bool tree_sitter_resmark_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)valid_symbols;
  return scan(payload, lexer);
}
