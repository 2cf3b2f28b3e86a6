// The label that a line begins with: `a)`, `(iv)`, `1.`, `1bis)`, `–` …, in any script, also where changes are tracked in
// it. What a label counts is no question here.
#ifndef RESMARK_LABEL_H
#define RESMARK_LABEL_H

#include "cursor.h"

#define LABEL_WINDOW 160  // characters of a line in which its label ends, changes included

// A change among the first characters of a line; places count characters from the line's first.
typedef struct {
  uint8_t kind;     // INSERTION, DELETION or SUBSTITUTION_OLD
  uint16_t start;   // of its opener
  uint16_t middle;  // of `~>`; 0 for none
  uint16_t close;   // of its closer; 0 when that is further away
} Change;

#define PLAIN_WINDOW 48  // characters of a line in which a label without changes ends

// The first characters of a line as one reading shows them, each with its place in the line.
typedef struct {
  Cursor *rest;  // where more of them are read when they are asked for; NULL when all are there
  uint32_t len;
  uint32_t c[LABEL_WINDOW + 1];
  uint16_t end[LABEL_WINDOW];    // characters of the line up to and with this one
  uint8_t change[LABEL_WINDOW];  // the change that it stands in, counted from 1; 0 for none
} Reading;

static inline uint32_t at(Reading *reading, uint32_t i) {
  // Most lines show at their first character that they have no label.
  while (reading->rest && i >= reading->len) {
    // What ends the window is answered for all places behind it as well, so it must be no character that can be repeated.
    uint32_t c = reading->len < PLAIN_WINDOW ? peek(reading->rest, reading->len) : TOO_FAR;
    reading->c[reading->len] = c;
    if (c == TOO_FAR || is_end(c)) {
      reading->rest = NULL;
    } else {
      reading->len++;
    }
  }
  return i < reading->len ? reading->c[i] : reading->c[reading->len];
}

// Whether what stands at `i` may stand behind a label. `tight`: behind a bracket or a full-width sign, which Chinese
// text follows at once.
static bool ends_label(Reading *reading, uint32_t i, bool tight, bool full_width) {
  uint32_t c = at(reading, i);
  return full_width || is_end(c) || is_space(c) || (tight && is_cjk(c));
}

// The length of 之二, 之三 … or مكرر, مكرراً at `i`, or 0.
static uint32_t local_suffix_length(Reading *reading, uint32_t i) {
  static const uint32_t MUKARRAR[] = {0x645, 0x643, 0x631, 0x631};
  if (at(reading, i) == 0x4E4B) {
    uint32_t k = 1;
    while (k < 4 && is_chinese_numeral(at(reading, i + k))) k++;
    return k > 1 ? k : 0;
  }
  for (uint32_t k = 0; k < 4; k++) {
    if (at(reading, i + k) != MUKARRAR[k]) return 0;
  }
  uint32_t k = 4;
  for (uint32_t c; k < 7 && (c = at(reading, i + k), c == 0x627 || c == 0x64B || c == 0x651); k++) {}
  return is_arabic_letter(at(reading, i + k)) ? 0 : k;
}

// The length of `bis`, `ter` … at `i`, or 0.
static uint32_t suffix_length(Reading *reading, uint32_t i) {
  static const char *const SUFFIXES[] = {
      "bis",      "ter",      "quater",    "quinquies",    "sexies",      "septies",   "octies",
      "novies",   "nonies",   "decies",    "undecies",     "duodecies",   "terdecies", "quaterdecies",
      "quindecies", "sexdecies", "septdecies", "octodecies", "novodecies", "vicies"};
  uint32_t local = local_suffix_length(reading, i);
  if (local) return local;
  for (uint32_t s = 0; s < sizeof(SUFFIXES) / sizeof(*SUFFIXES); s++) {
    const char *suffix = SUFFIXES[s];
    uint32_t k = 0;
    while (suffix[k] && at(reading, i + k) == (uint32_t)suffix[k]) k++;
    uint32_t c = at(reading, i + k);
    if (!suffix[k] && !latin_letter(c) && digit_value(c) < 0) return k;
  }
  return 0;
}

// The place behind a suffix that may begin at `i`, a space before it included; `i` for none.
static uint32_t behind_suffix(Reading *reading, uint32_t i) {
  uint32_t space = at(reading, i) == ' ' ? 1 : 0;
  uint32_t suffix = suffix_length(reading, i + space);
  return suffix ? i + space + suffix : i;
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
static uint32_t label_length(Reading *reading, uint32_t start) {
  uint32_t i = start;
  uint32_t c = at(reading, i);
  bool bracket = is_open_bracket(c);
  if (bracket) i++;
  uint32_t body = i;
  c = at(reading, i);

  bool digits = false, chinese = false, two_letters = false, arabic = false;
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
    i += local_suffix_length(reading, i);
  } else if (latin_letter(c)) {
    uint32_t letters[8];
    uint32_t n = 0;
    while (n < 8 && latin_letter(at(reading, i + n))) {
      letters[n] = latin_letter(at(reading, i + n));
      n++;
    }
    // The suffix may be attached: `abis)` is a and bis.
    uint32_t attached = n > 3 ? suffix_length(reading, i + 1) : 0;
    uint32_t attached_to_two = n > 4 && letters[0] == letters[1] ? suffix_length(reading, i + 2) : 0;
    if (attached) {
      i += 1 + attached;
    } else if (attached_to_two) {
      i += 2 + attached_to_two;
    } else {
      if (n > 7) return 0;
      // `aa)` behind `z)`, `aaa)` behind `zz)`.
      bool repeated = n < 5;
      for (uint32_t k = 1; k < n; k++) repeated = repeated && letters[k] == letters[0];
      if (!repeated) {
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
  } else if (is_stem(c)) {
    chinese = true;
    i++;
  } else if (is_cyrillic_letter(c) || is_greek_letter(c)) {
    i++;
    if (at(reading, i) == c) {
      i++;
    } else if (is_cyrillic_letter(at(reading, i))) {
      i++;
      two_letters = true;
    }
    i = behind_suffix(reading, i);
  } else if (is_arabic_letter(c)) {
    i++;
    if (at(reading, i) == 0x640) i++;  // the letter heh is written with a stroke behind it
    uint32_t suffix = behind_suffix(reading, i);
    if (suffix > i) {
      i = suffix;
    } else if (is_arabic_letter(at(reading, i)) && is_close_bracket(at(reading, i + 1))) {
      i++;  // `أأ)` and `أب)` behind the last letter
    }
    if (at(reading, i) == ' ' && is_close_bracket(at(reading, i + 1))) i++;  // and narrow ones with a space: `أ )`
    arabic = true;
  } else if (!bracket) {
    if (is_circled(c)) return is_circled(at(reading, i + 1)) ? 0 : 1;
    return is_bullet(c) && ends_label(reading, i + 1, false, false) ? 1 : 0;
  } else {
    return 0;
  }

  c = at(reading, i);
  if (is_close_bracket(c)) return ends_label(reading, i + 1, true, c == 0xFF09) ? i + 1 - start : 0;
  if (bracket) return 0;
  if (c == 0x3001) return digits || chinese ? i + 1 - start : 0;
  if (is_full_stop(c)) return !two_letters && ends_label(reading, i + 1, digits || chinese, c == 0xFF0E) ? i + 1 - start : 0;
  if (digits && c == '\t') return i - start;
  // `1 - ` and `أ - `, as Arabic texts have them.
  if (digits || arabic) {
    if (c == ' ') c = at(reading, ++i);
    if ((c == '-' || c == 0x2013) && at(reading, i + 1) == ' ') {
      uint32_t k = i + 2;
      while (at(reading, k) == ' ' || at(reading, k) == '*') k++;
      if (is_arabic_letter(at(reading, k))) return i + 1 - start;
    }
  }
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
  reading->rest = NULL;
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

static SideLabel side_label(Reading *reading) {
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
static uint32_t words_before(Reading *reading, uint32_t end) {
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
    old_side.rest = cursor;
    old_side.len = 0;
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
  reading.rest = NULL;
  for (reading.len = 0; reading.len < PLAIN_WINDOW; reading.len++) {
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

#endif
