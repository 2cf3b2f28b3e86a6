// What stands beside each page, in reading order.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme } from 'vitepress'

type Group = { text: string; collapsed?: boolean; pages: string[] }

const groups: Group[] = [
  {
    text: 'Begin',
    pages: ['introduction', 'install', 'first-resolution', 'houses', 'languages'],
  },
  {
    text: 'Write',
    pages: ['writing', 'findings', 'citing', 'proposals', 'renumbering', 'preview', 'import'],
  },
  {
    text: 'Set up and automate',
    pages: ['configuration', 'automation', 'troubleshooting'],
  },
  {
    text: 'Your editor',
    pages: ['editors', 'vscode', 'neovim', 'other-editors'],
  },
  {
    text: 'Reference',
    pages: ['markup', 'typing', 'citations', 'catalogue', 'command-line', 'protocol', 'glossary'],
  },
]

const areas: Record<string, string> = {
  citation: 'Citations',
  drafting: 'Drafting',
  footnote: 'Footnotes',
  markup: 'Markup',
  numbering: 'Numbering',
  proposal: 'Proposals',
  reference: 'References',
}

/** The sidebar: the guide, and below it the pages of the findings by area. `docs` is the folder of the pages. */
export function sidebar(docs: string): DefaultTheme.SidebarItem[] {
  const guide = groups.map(({ pages, ...group }) => ({
    ...group,
    items: pages.filter((page) => existsSync(join(docs, `${page}.md`))).map((page) => ({ text: title(join(docs, `${page}.md`)), link: `/${page}` })),
  }))
  const rules = readdirSync(join(docs, 'rules')).filter((name) => name.endsWith('.md') && name !== 'README.md')
  const findings = Object.entries(areas).map(([area, text]) => ({
    text,
    collapsed: true,
    items: rules
      .filter((name) => name.startsWith(`${area}-`))
      .map((name) => ({ text: title(join(docs, 'rules', name)).slice(area.length + 1), link: `/rules/${name.replace(/\.md$/, '')}` })),
  }))
  return [...guide, { text: 'The findings', link: '/rules/', collapsed: false, items: findings }]
}

/** The first heading of a page. */
function title(path: string): string {
  const heading = readFileSync(path, 'utf8').match(/^# (.+)$/m)?.[1]
  if (!heading) throw new Error(`${path} has no heading`)
  return heading.replaceAll('`', '')
}
