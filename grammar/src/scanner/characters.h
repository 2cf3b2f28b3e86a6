// What single characters are.
#ifndef RESMARK_CHARACTERS_H
#define RESMARK_CHARACTERS_H

#include <stdbool.h>
#include <stdint.h>

#define END_OF_TEXT 0xFFFFFFFFu  // what stands behind the last character
#define TOO_FAR 0xFFFFFFFEu      // what stands behind the window of a cursor
#define MAX_COLUMN 0xFFFF        // indentation beyond it counts as so much

static inline bool is_line_end(uint32_t c) { return c == '\n' || c == '\r'; }

static inline bool is_ascii_letter(uint32_t c) { return (c | 0x20) - 'a' < 26; }

static inline bool is_end(uint32_t c) { return is_line_end(c) || c == END_OF_TEXT; }

// What takes no room, such as the marks of direction that Arabic texts carry between words.
static inline bool is_zero_width(uint32_t c) {
  return c == 0x200B || c == 0x200E || c == 0x200F || c == 0x61C || c == 0xFEFF;
}

// White space inside of a line that a reader sees.
static inline bool is_visible_space(uint32_t c) {
  if (c < 0x80) return c == ' ' || c == '\t' || c == 0x0B || c == 0x0C;
  return c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

// White space inside of a line.
static inline bool is_space(uint32_t c) { return is_visible_space(c) || (c >= 0x80 && is_zero_width(c)); }

// The column behind a character of indentation: a tab goes to the next multiple of four.
static inline uint32_t advance_column(uint32_t column, uint32_t c) {
  if (c == '\t') column = (column / 4 + 1) * 4;
  else if (c == 0x3000) column += 2;
  else if (is_zero_width(c)) return column;
  else column += 1;
  return column > MAX_COLUMN ? MAX_COLUMN : column;
}

// What a clause ends with; also the last sign of a footnote or change, which may stand behind that.
static inline bool is_stop(uint32_t c) {
  switch (c) {
    case ',': case ';': case '.': case ':': case ']': case '}': case 0x3001: case 0x3002: case 0xFF0C: case 0xFF0E:
    case 0xFF1A: case 0xFF1B: case 0x60C: case 0x61B: case 0x6D4:
      return true;
    default:
      return false;
  }
}

// A capital of the Latin or Cyrillic script, as far as the six languages use them.
static inline bool is_capital(uint32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x400 && c <= 0x42F) || c == 0x152;
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

// The ten heavenly stems, by which Chinese texts count: 甲乙丙丁戊己庚辛壬癸.
static inline bool is_stem(uint32_t c) {
  switch (c) {
    case 0x7532: case 0x4E59: case 0x4E19: case 0x4E01: case 0x620A: case 0x5DF1: case 0x5E9A: case 0x8F9B:
    case 0x58EC: case 0x7678:
      return true;
    default:
      return false;
  }
}

static inline bool is_greek_letter(uint32_t c) { return (c >= 0x391 && c <= 0x3A9) || (c >= 0x3B1 && c <= 0x3C9); }

// A number in a circle: ① to ㊿.
static inline bool is_circled(uint32_t c) {
  return (c >= 0x2460 && c <= 0x2473) || (c >= 0x3251 && c <= 0x325F) || (c >= 0x32B1 && c <= 0x32BF);
}

// A sign that marks the items of a list without counting them; the private ones are what word processors leave.
static inline bool is_bullet(uint32_t c) {
  switch (c) {
    case '-': case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2022: case 0x2023:
    case 0x25E6: case 0x25AA: case 0x25CF: case 0x25CB: case 0x25A0: case 0x25A1: case 0x25BA: case 0x25C6: case 0xB7:
    case 0x2212: case 0x2713: case 0xF0B7: case 0xF02D:
      return true;
    default:
      return false;
  }
}

static inline uint32_t lower(uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

static inline bool is_colon(uint32_t c) { return c == ':' || c == 0xFF1A; }

#endif
