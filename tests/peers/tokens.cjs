// Reads Markdown for a language server that leaves that to its client: a text a line, as JSON, in; its tokens out.
// The argument is the folder in which markdown-it is installed.
const { createRequire } = require('node:module')
const { createInterface } = require('node:readline')

const MarkdownIt = createRequire(process.argv[2] + '/')('markdown-it')
const reader = new MarkdownIt({ html: true })

createInterface({ input: process.stdin, crlfDelay: Infinity }).on('line', (line) => {
  process.stdout.write(JSON.stringify(reader.parse(JSON.parse(line), {})) + '\n')
})
