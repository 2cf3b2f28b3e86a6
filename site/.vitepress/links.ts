// Links whose target has another address on the site than in the repository.
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/**
 * Links out of the folder `docs` to an example lead to the copy of it that the site has below `base`; links to the list of a
 * folder's pages lead to the index of that folder.
 */
export function linkToFiles(markdown: MarkdownRenderer, docs: string, base: string) {
  const rest = markdown.renderer.rules.link_open
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const link = tokens[index]
    const href = link.attrGet('href') ?? ''
    link.attrSet('href', href.replace(/\/README\.md(?=#|$)/, '/index.md'))
    if (href.startsWith('../') && typeof env.path === 'string') {
      const file = resolve(dirname(env.path), decodeURI(href))
      const path = relative(docs, file)
      if (path.startsWith('../examples/') && existsSync(file)) {
        link.attrSet('href', `${base}files/${encodeURI(path.slice('../'.length))}`)
        link.attrSet('target', '_blank')
        link.attrSet('download', '')
      }
    }
    return rest ? rest(tokens, index, options, env, self) : self.renderToken(tokens, index, options)
  }
}
