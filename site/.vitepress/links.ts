// Links to files of the repository that are no pages of the guide.
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/** Links that lead out of `docs` to an example lead to the copy of it that the site has. */
export function linkToFiles(markdown: MarkdownRenderer, docs: string) {
  const rest = markdown.renderer.rules.link_open
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const link = tokens[index]
    const href = link.attrGet('href') ?? ''
    if (href.startsWith('../') && typeof env.path === 'string') {
      const file = resolve(dirname(env.path), decodeURI(href))
      const path = relative(docs, file)
      if (path.startsWith('../examples/') && existsSync(file)) {
        link.attrSet('href', `/files/${encodeURI(path.slice('../'.length))}`)
        link.attrSet('target', '_blank')
        link.attrSet('download', '')
      }
    }
    return rest ? rest(tokens, index, options, env, self) : self.renderToken(tokens, index, options)
  }
}
