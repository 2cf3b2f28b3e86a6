// In the examples of the pages a line of carets says where something is found. Readers of the site see the words above
// it underlined instead, as in an editor.
import type { ShikiTransformer } from 'shiki'
import stringWidth from 'string-width'

/** Takes the lines of carets out of a `resmark` example and underlines what stands above them. */
export const underlineFindings: ShikiTransformer = {
  name: 'resmark:findings',
  preprocess(code, options) {
    if (options.lang !== 'resmark') return
    const lines: string[] = []
    const decorations = (options.decorations ??= [])
    for (const line of code.split('\n')) {
      const above = lines.at(-1)
      if (above === undefined || !/^ *\^[ ^]*$/.test(line)) {
        lines.push(line)
        continue
      }
      for (const carets of line.matchAll(/\^+/g)) {
        const start = atColumn(above, carets.index)
        const end = atColumn(above, carets.index + carets[0].length)
        const on = lines.length - 1
        decorations.push({
          start: { line: on, character: start },
          end: { line: on, character: end },
          properties: { class: 'finding' },
          alwaysWrap: true,
        })
      }
    }
    return lines.join('\n')
  },
}

/** Where in `line`, in UTF-16 units, the column is that is `column` cells from its beginning; its end, when it is shorter. */
function atColumn(line: string, column: number): number {
  let [at, cells] = [0, 0]
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (cells >= column) break
    at += segment.length
    cells += stringWidth(segment)
  }
  return at
}
