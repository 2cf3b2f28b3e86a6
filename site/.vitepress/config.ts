// The guide in `docs/` as a site: which pages it has, how they are found and how their examples are coloured.
import { cpSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { slug } from 'github-slugger'
import { defineConfig } from 'vitepress'
import type { Plugin } from 'vite'
import { underlineFindings } from './findings'
import { linkToFiles, linkedFiles } from './links'
import { search } from './search'
import { sidebar } from './sidebar'

const root = resolve(import.meta.dirname, '../..')
const base = process.env.RESMARK_SITE_BASE ?? '/'
const outDir = process.env.RESMARK_SITE ?? resolve(root, 'target/xtask/site')

// The grammar that VS Code colours with colours here, too.
const grammar = JSON.parse(readFileSync(resolve(root, 'editors/vscode/syntaxes/resmark.tmLanguage.json'), 'utf8'))

const icon = readFileSync(resolve(root, 'editors/vscode/images/icon.svg')).toString('base64')

// The pages lie beside this folder, where no `node_modules` is found: what they import of Vue is what the site has.
const vueOfTheSite: Plugin = {
  name: 'resmark:vue-of-the-site',
  enforce: 'pre',
  resolveId(source, importer, { ssr }) {
    if (!/^vue(\/|$)/.test(source) || !importer?.startsWith(resolve(root, 'docs'))) return null
    return ssr ? { id: source, external: true } : this.resolve(source, import.meta.filename, { skipSelf: true })
  },
}

export default defineConfig({
  title: 'Resmark',
  titleTemplate: ':title · Resmark',
  description: 'Draft resolutions as plain text. Numbering, citations and references are looked after.',
  lang: 'en',
  srcDir: resolve(root, 'docs'),
  outDir,
  cacheDir: resolve(root, 'target/xtask/site-cache'),
  base,
  // What the sidebar is here, the list of contents is for who reads the pages in the repository.
  srcExclude: ['README.md'],
  rewrites: { 'rules/README.md': 'rules/index.md' },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `data:image/svg+xml;base64,${icon}` }]],
  markdown: {
    languages: [{ ...grammar, name: 'resmark' }],
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
    codeTransformers: [underlineFindings],
    // Headings get the anchors that code hosts give them, so that a link is right in both places.
    anchor: { slugify: slug },
    // `{++…++}` is a tracked change.
    attrs: { disable: true },
    config: (markdown) => markdown.use(linkToFiles, resolve(root, 'docs'), base),
  },
  themeConfig: {
    search: { provider: 'local', options: search },
    nav: [
      { text: 'Guide', link: '/introduction', activeMatch: '^/(?!rules/|$)' },
      { text: 'Findings', link: '/rules/', activeMatch: '^/rules/' },
    ],
    sidebar: sidebar(resolve(root, 'docs')),
    outline: { level: [2, 3] },
    docFooter: { prev: 'Before', next: 'Next' },
  },
  vite: { plugins: [vueOfTheSite] },
  buildEnd: () => linkedFiles.forEach((file) => cpSync(resolve(root, file), resolve(outDir, 'files', file))),
})
