// Search in the page, without a server. VitePress hands these functions to the browser as text: nothing outside of them
// can be used in them.
import type { DefaultTheme } from 'vitepress'

/**
 * The words of a text. Chinese has no spaces between them and Arabic writes particles together with them, so the
 * segmenter of the language data tells where they end. Names such as `numbering/gap` and `resmark.json` stay whole and
 * are found by their parts as well. A Chinese word of three characters or more is also found by each two of them, as
 * browsers do not all divide words alike.
 */
function tokenize(text: string): string[] {
  const words: string[] = []
  for (const { segment, isWordLike } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
    if (!isWordLike) continue
    words.push(segment)
    if (/^\p{Script=Han}{3,}$/u.test(segment)) {
      for (let at = 0; at + 2 <= segment.length; at++) words.push(segment.slice(at, at + 2))
    }
  }
  return words.concat(text.match(/[a-z]+(?:[\/.-][a-z]+)+/gi) ?? [])
}

/** What a word is found by: without case, accents, Arabic vowel signs and the lengthening stroke. */
function processTerm(term: string): string | null {
  return term.normalize('NFKD').replace(/[\p{M}\u0640]/gu, '').toLowerCase() || null
}

export const search: DefaultTheme.LocalSearchOptions = {
  detailedView: true,
  miniSearch: {
    options: { tokenize, processTerm },
    searchOptions: { combineWith: 'AND', boost: { title: 6, titles: 3, text: 1 } },
  },
}
