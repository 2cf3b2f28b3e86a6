// Links whose target has another address on the site than in the repository.
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/** The files outside the pages that pages link to, by their path from the root of the repository. */
export const linkedFiles = new Set<string>()

/**
 * Links out of the folder `docs` lead to the copy of the file that the site has below `base`; links to the list of a folder's
 * pages lead to the index of that folder.
 */
export function linkToFiles(markdown: MarkdownRenderer, docs: string, base: string) {
  const rest = markdown.renderer.rules.link_open
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const link = tokens[index]
    const href = link.attrGet('href') ?? ''
    const file = typeof env.path === 'string' && href.startsWith('.') ? resolve(dirname(env.path), decodeURI(href)) : docs
    const path = relative(docs, file)
    if (path.startsWith('../') && existsSync(file)) {
      const inRepository = path.slice('../'.length)
      linkedFiles.add(inRepository)
      link.attrSet('href', `${base}files/${encodeURI(inRepository)}`)
      link.attrSet('target', '_blank')
    } else {
      link.attrSet('href', href.replace(/\/README\.md(?=#|$)/, '/index.md'))
    }
    return rest ? rest(tokens, index, options, env, self) : self.renderToken(tokens, index, options)
  }
}
