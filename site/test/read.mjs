// Reads the built site as a person does: in a browser, without a network, in light and dark, on a desk and on a phone.
// Prints a line for each test as Rust's own tests do, and leaves screenshots in RESMARK_SCREENSHOTS.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { serve } from '../serve.mjs'

const { RESMARK_BROWSER, RESMARK_SCREENSHOTS: screenshots, RESMARK_SITE: site, RESMARK_SITE_BASE: base = '/' } = process.env

const { address, server } = await serve(site, base)
const { host } = new URL(address)

const browser = await chromium.launch({
  executablePath: RESMARK_BROWSER,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
let failed = 0
console.log('     Running site/test/read.mjs')

/** Runs a test in a fresh browser and prints what came of it. */
async function test(name, options, read) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const elsewhere = []
  const broken = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.host !== host) elsewhere.push(request.url())
  })
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('response', (response) => {
    if (response.status() >= 400) broken.push(`${response.status()} ${response.url()}`)
  })
  try {
    await read(page)
    assert.deepEqual(elsewhere, [], 'nothing is fetched from elsewhere')
    assert.deepEqual(broken, [], 'nothing breaks')
    console.log(`test ${name} ... ok`)
  } catch (error) {
    failed++
    console.log(`test ${name} ... FAILED\nfailures:\n${error.stack ?? error}`)
    await page.screenshot({ path: join(screenshots, `guide-failed-${failed}.png`) }).catch(() => {})
  }
  await context.close()
}

/** The pages that search lists for some words, best first. */
async function search(page, words) {
  await page.goto(address)
  await page.locator('.VPNavBarSearch button').first().click()
  await page.locator('.search-input').fill(words)
  const results = page.locator('.VPLocalSearchBox .result')
  await results.first().waitFor({ timeout: 15_000 })
  return results.evaluateAll((links) => links.map((link) => new URL(link.href).pathname.split('/').slice(-2).join('/')))
}

const desk = { viewport: { width: 1280, height: 850 } }

for (const [words, page] of [
  ['renumber', /^resmark\/renumbering(\.html)?$/],
  ['numbering/gap', /^rules\/numbering-gap(\.html)?$/],
  ['编号', /^resmark\/languages(\.html)?$/],
  ['修订痕迹', /^resmark\/languages(\.html)?$/],
  ['الإحالات', /^resmark\/languages(\.html)?$/],
  ['reunion', /^resmark\/languages(\.html)?$/],
]) {
  await test(`search finds ${words}`, desk, async (reader) => {
    const found = await search(reader, words)
    assert.ok(found.slice(0, 5).some((path) => page.test(path)), `${page} is not among the first of\n${found.join('\n')}`)
  })
}

await test('search opens the place that it found', desk, async (page) => {
  await search(page, 'Enter in a list')
  await page.keyboard.press('Enter')
  await page.waitForURL(/typing(\.html)?#enter-in-a-list$/)
})

await test('examples are coloured by the grammar of the markup', desk, async (page) => {
  await page.goto(`${address}introduction.html`)
  const block = page.locator('.language-resmark').first()
  const colours = await block.locator('.line span').evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size)
  assert.ok(colours >= 4, `${colours} colours`)
  assert.equal(await block.locator('.finding').textContent(), '3.')
  assert.ok(!(await block.textContent()).includes('^'), 'no carets are left')
})

await test('an Arabic example is read from the right', desk, async (page) => {
  await page.goto(`${address}languages.html`)
  const block = page.locator('.language-resmark', { hasText: 'يقرر' }).first()
  const [line, box] = await Promise.all([block.locator('.line', { hasText: 'إن المؤتمر' }).boundingBox(), block.locator('code').boundingBox()])
  assert.ok(box.x + box.width - (line.x + line.width) < 60, 'the line ends at the right')
})

await test('every anchor that a link names is there', desk, async (page) => {
  const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html'))
  const parsed = new Map()
  await page.goto(address)
  for (const name of pages) {
    const html = readFileSync(join(site, name), 'utf8')
    parsed.set(
      name,
      await page.evaluate((html) => {
        const document = new DOMParser().parseFromString(html, 'text/html')
        const hrefs = [...document.querySelectorAll('.vp-doc a[href], .VPHome a[href]')].map((link) => link.getAttribute('href'))
        return { ids: [...document.querySelectorAll('[id]')].map((element) => element.id), hrefs }
      }, html),
    )
  }
  const dead = []
  for (const [name, { hrefs }] of parsed) {
    for (const href of hrefs) {
      const url = new URL(href, `${address}${name}`)
      if (url.host !== host) continue
      const path = url.pathname.slice(base.length)
      if (url.pathname.startsWith(`${base}files/`)) {
        if (!existsSync(join(site, decodeURI(path)))) dead.push(`${name}: ${href}`)
        continue
      }
      const target = parsed.get(decodeURI(path === '' || path.endsWith('/') ? `${path}index.html` : path.endsWith('.html') ? path : `${path}.html`))
      if (!target) dead.push(`${name}: ${href}`)
      else if (url.hash && !target.ids.includes(decodeURIComponent(url.hash.slice(1)))) dead.push(`${name}: ${href}`)
    }
  }
  assert.ok(parsed.size > 60, `${parsed.size} pages`)
  assert.deepEqual(dead, [])
})

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height, device] of [
    [1280, 850, 'desk'],
    [390, 844, 'phone'],
  ]) {
    await test(`nothing is cut off, ${colorScheme}, ${device}`, { viewport: { width, height }, colorScheme }, async (page) => {
      for (const name of ['index', 'first-resolution', 'languages', 'rules/index', 'rules/numbering-gap', 'command-line', 'editors']) {
        await page.goto(`${address}${name === 'index' ? '' : `${name}.html`}`)
        await page.locator('.VPContent').waitFor()
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        assert.ok(wider <= 0, `${name} is ${wider} pixels wider than the window`)
        assert.equal(await page.evaluate(() => document.documentElement.classList.contains('dark')), colorScheme === 'dark')
        await page.screenshot({ path: join(screenshots, `guide-${name.replace('/', '-')}-${device}-${colorScheme}.png`) })
      }
    })
  }
}

await browser.close()
await server.close()
process.exit(failed ? 1 : 0)
