// Parses texts under the sanitizers of the C compiler: as they are, with random edits, cut off anywhere, and out of random
// pieces of them. After each edit the tree that was changed must be the one that a fresh parse gives.
//
//   harness SECONDS SEED FILE...

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_resmark(void);

// The longest text that is tried, in bytes.
#define LONGEST 20000

static uint64_t state;

static uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return limit == 0 ? 0 : (uint32_t)((state >> 16) % limit);
}

static char *pool;
static uint32_t pool_length;

static void add(const char *name) {
  FILE *file = fopen(name, "rb");
  if (file == NULL) return;
  fseek(file, 0, SEEK_END);
  long length = ftell(file);
  rewind(file);
  if (length > 0) {
    pool = realloc(pool, pool_length + (size_t)length);
    pool_length += (uint32_t)fread(pool + pool_length, 1, (size_t)length, file);
  }
  fclose(file);
}

// What edits put in: pieces of the texts, the markup's own signs, and bytes of any kind.
static uint32_t fresh(char *out, uint32_t room) {
  static const char *const signs[] = {"{++", "++}", "{--", "--}", "{~~", "~>", "~~}", "{>>", "<<}", "[^1]", "](", "*", "_",
                                      "# ",  "## ", "### ", "\n\n", "\n", "\r\n", "\r", "a) ", "1. ", "(i) ", "---\n",
                                      "   ", "\t",  "\xef\xbb\xbf", "\xe6\xb1\xba", "\xff", "\x00", "\xf0\x9f\x8e\x89"};
  uint32_t length = 0;
  switch (below(3)) {
    case 0: {
      const char *sign = signs[below(sizeof signs / sizeof *signs)];
      length = (uint32_t)(sign[0] == 0 ? 1 : strlen(sign));
      if (length > room) length = room;
      memcpy(out, sign, length);
      return length;
    }
    case 1:
      length = below(room < 300 ? room + 1 : 300);
      if (length > pool_length) length = pool_length;
      memcpy(out, pool + below(pool_length - length + 1), length);
      return length;
    default:
      length = below(room < 8 ? room + 1 : 8);
      for (uint32_t at = 0; at < length; at++) out[at] = (char)below(256);
      return length;
  }
}

static TSPoint point(const char *text, uint32_t at) {
  TSPoint found = {0, 0};
  for (uint32_t i = 0; i < at; i++) {
    if (text[i] == '\n') {
      found.row++;
      found.column = 0;
    } else {
      found.column++;
    }
  }
  return found;
}

static char *shown(const TSTree *tree) { return ts_node_string(ts_tree_root_node(tree)); }

int main(int count, char **names) {
  if (count < 4) return 2;
  long seconds = strtol(names[1], NULL, 10);
  state = strtoull(names[2], NULL, 10) * 2654435769u + 1;
  for (int at = 3; at < count; at++) add(names[at]);
  if (pool_length == 0) return 2;

  TSParser *parser = ts_parser_new();
  if (!ts_parser_set_language(parser, tree_sitter_resmark())) return 2;
  char *text = malloc(LONGEST);
  char *next = malloc(LONGEST);
  time_t end = time(NULL) + seconds;
  unsigned long texts = 0, edits = 0;
  while (time(NULL) < end) {
    uint32_t length = below(LONGEST / 2);
    if (length > pool_length) length = pool_length;
    memcpy(text, pool + below(pool_length - length + 1), length);
    TSTree *tree = ts_parser_parse_string(parser, NULL, text, length);
    texts++;
    for (uint32_t round = below(20); round > 0; round--) {
      uint32_t start = below(length + 1);
      uint32_t removed = below(4) == 0 ? below(length - start + 1) : below(length - start < 20 ? length - start + 1 : 20);
      char piece[300];
      uint32_t room = LONGEST - (length - removed);
      uint32_t added = fresh(piece, room < sizeof piece ? room : sizeof piece);
      memcpy(next, text, start);
      memcpy(next + start, piece, added);
      memcpy(next + start + added, text + start + removed, length - start - removed);
      TSInputEdit edit = {start, start + removed, start + added, point(text, start), point(text, start + removed),
                          point(next, start + added)};
      length = length - removed + added;
      char *before = text;
      text = next;
      next = before;
      ts_tree_edit(tree, &edit);
      TSTree *changed = ts_parser_parse_string(parser, tree, text, length);
      ts_tree_delete(tree);
      tree = changed;
      edits++;
      if (below(8) == 0) {
        TSTree *anew = ts_parser_parse_string(parser, NULL, text, length);
        char *one = shown(tree), *other = shown(anew);
        if (strcmp(one, other) != 0) {
          fprintf(stderr, "seed %s: after an edit the tree is another than that of the text anew, which is:\n", names[2]);
          fwrite(text, 1, length, stderr);
          return 1;
        }
        free(one);
        free(other);
        ts_tree_delete(anew);
      }
    }
    ts_tree_delete(tree);
  }
  free(text);
  free(next);
  free(pool);
  ts_parser_delete(parser);
  printf("%lu texts and %lu edits: nothing found\n", texts, edits);
  return 0;
}
