import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { playgroundLink } from '../../../docs/.vitepress/playground-link.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import { startBrowser } from '../../harness/browser.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { repositoryFiles } from '../../house/repository-files.ts'
import { BASE, type BuiltSite, buildSite } from './built-site.ts'
import { deadLinks, linksOf, type Pages, readPages } from './links.ts'
import { complaintsOfAxe, isDark, openPage, shownPictures } from './look.ts'

/** A page of each kind. */
const KINDS = [
  '',
  'rules/mode.html',
  'engines/argocd.html',
  'reference.html',
  'decisions/0001-self-contained-pod.html',
  'changelog.html',
  'examples/argocd.html',
  'charts/buildkit-controller.html',
]

const DOCUMENTS = [
  '{README,CHANGELOG,CONTRIBUTING,SECURITY,VERSIONING}.md',
  'docs/**/*.md',
  'examples/*/README.md',
  'charts/*/README.md',
]

const inBrowser = { skip: needs('chromium') }
const WIDE = { colorScheme: 'light', width: 1440 } as const

let site: BuiltSite
let pages: Pages
let browser: Browser | undefined

before(async () => {
  site = await buildSite()
  pages = readPages(site.folder)
  browser = inBrowser.skip ? undefined : await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.[Symbol.asyncDispose]()
})

test('the site has every document for users, and its sidebar leads to each', () => {
  const sidebar = new Set(linksOf(pageAt('quickstart.html')))
  const own = [...pages.keys()].filter((path) => path !== '404.html' && !path.startsWith('playground/'))
  const urls = own.map((path) => `${BASE}${path}`.replace(/\/index\.html$/, '/'))
  assert.equal(own.length, repositoryFiles(...DOCUMENTS).size)
  assert.deepEqual(
    urls.filter((url) => !sidebar.has(url)),
    [],
  )
})

test('no link and no anchor of the site leads nowhere', () => {
  assert.deepEqual(deadLinks(pages, new Set(globSync('**/*', { cwd: site.folder }))), [])
})

test('a link, an anchor, a picture and a file of the repository that are missing are found', () => {
  const missing = `${packageJson.homepage}/blob/main/missing`
  const links = [`${BASE}b.html#x`, 'b.html#y', '/c', missing, `${packageJson.homepage}/blob/main/docs`]
  const html = `${links.map((link) => `<a href="${link}">…</a>`).join('')}<img src="d.png">`
  const small = new Map([
    ['a.html', html],
    ['b.html', '<h1 id="x">'],
  ])
  const dead = deadLinks(small, new Set(small.keys()))
  assert.deepEqual(dead, ['a.html: b.html#y', 'a.html: /c', `a.html: ${missing}`, 'a.html: d.png'])
})

test('source files and folders are links to the repository', () => {
  const links = [...linksOf(pageAt('engines/kustomize.html')), ...linksOf(pageAt('documentation.html'))]
  const expected = ['blob/main/config/kustomize/secret-names.yaml', 'tree/main/examples', 'blob/main/AGENTS.md']
  assert.deepEqual(
    expected.filter((path) => !links.includes(`${packageJson.homepage}/${path}`)),
    [],
  )
})

test('braces are shown as they are', () => {
  assert.ok(pageAt('decisions/0034-site.html').includes('shows <code>{{</code> as it is'))
  assert.ok(pageAt('connect.html').includes('{{index .data'))
})

test('each example of a rule that fits in a link has one that opens it in the playground', () => {
  for (const [path, text] of repositoryFiles('docs/rules/*.md')) {
    const examples = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = '']) => playgroundLink(yaml))
    const html = pageAt(path.slice('docs/'.length).replace('.md', '.html'))
    const found = html.matchAll(/href="([^"]*)" target="_self">Open in the playground</g)
    const links = [...found].map(([, link]) => link?.replace('&amp;', '&'))
    const expected = examples.filter((link) => link !== undefined).map((link) => `${BASE}${link}`)
    assert.ok(expected.length >= examples.length - 1)
    assert.deepEqual(links, expected)
  }
})

test('code and tables of every page are in what scrolls where they do not fit, and what the keyboard reaches', () => {
  const scrolling = /<pre class="shiki [^"]*" tabindex="0"|<div class="table" tabindex="0"><table/g
  const fixed = [...pages].filter(([, html]) => /<pre\b|<table\b/.test(html.replaceAll(scrolling, '')))
  assert.deepEqual(
    fixed.map(([path]) => path),
    [],
  )
})

test('a table that does not fit has a shadow on the side where there is more', inBrowser, async () => {
  const { page } = await openPage(browser, `${site.url}reference.html`, { colorScheme: 'light', width: 360 })
  const style = "getComputedStyle(document.querySelector('.vp-doc div.table')).backgroundAttachment"
  assert.equal(await page.evaluate(style), 'local, local, scroll, scroll')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1440]) {
    test(
      `pages fit in ${width} pixels, ask only their own server and log no error, ${colorScheme}`,
      inBrowser,
      async () => {
        for (const path of KINDS) {
          const { page, errors, foreign } = await openPage(browser, `${site.url}${path}`, { colorScheme, width })
          const scrollWidth = await page.evaluate<number>('document.documentElement.scrollWidth')
          const found = { path, scrollWidth, isDark: await isDark(page), errors, foreign }
          assert.deepEqual(found, { path, scrollWidth: width, isDark: colorScheme === 'dark', errors: [], foreign: [] })
          await page.context().close()
        }
      },
    )
  }

  test(`axe finds nothing serious on the pages, ${colorScheme}`, inBrowser, async () => {
    const complaints = await Promise.all(
      KINDS.map((path) => complaintsOfAxe(browser, `${site.url}${path}`, colorScheme)),
    )
    assert.deepEqual(complaints.flat(), [])
  })
}

test('pictures follow the theme that the reader chooses, and the choice is kept', inBrowser, async () => {
  const { page } = await openPage(browser, site.url, WIDE)
  const names = async () => (await shownPictures(page)).map((src) => /\w+-(?:light|dark)/.exec(src)?.[0])
  assert.deepEqual(await names(), ['flow-light', 'demo-light'])
  await page.locator('.VPNavBarAppearance button').click()
  assert.deepEqual(await names(), ['flow-dark', 'demo-dark'])
  await page.reload()
  assert.deepEqual(await names(), ['flow-dark', 'demo-dark'])
})

test('a script that is not of the page does not run in it', inBrowser, async () => {
  const { page, errors } = await openPage(browser, site.url, WIDE)
  await page.evaluate(
    `document.head.append(Object.assign(document.createElement('script'), { text: 'globalThis.ran = true' }))`,
  )
  assert.equal(await page.evaluate('globalThis.ran'), undefined)
  assert.match(String(errors[0]), /Content Security Policy/)
})

for (const words of ['BK303', 'rootless needs more user IDs']) {
  test(`a search for "${words}" finds the rule first`, inBrowser, async () => {
    const { page, errors } = await openPage(browser, site.url, WIDE)
    assert.deepEqual([await firstFound(page, words), errors], [`${BASE}rules/mode.html#bk303-too-few-user-ids`, []])
  })
}

test(
  'an example of a rule opens in the playground, which shows that it breaks the rule, and leads back',
  inBrowser,
  async () => {
    const { page, errors } = await openPage(browser, `${site.url}rules/mode.html`, WIDE)
    await page.getByRole('link', { name: 'Open in the playground' }).first().click()
    await page.getByText('BK301').first().waitFor()
    await page.getByRole('link', { name: 'Documentation' }).click()
    await page.waitForURL(`${site.url}documentation.html`)
    assert.deepEqual(errors, [])
  },
)

function pageAt(path: string): string {
  const html = pages.get(path)
  assert.ok(html, `the site has no page ${path}`)
  return html
}

/** Where the first hit of a search leads. */
async function firstFound(page: Page, words: string): Promise<string | null> {
  await page.keyboard.press('Control+k')
  await page.locator('#localsearch-input').fill(words)
  const hit = page.locator('.VPLocalSearchBox .results a').first()
  await hit.waitFor()
  return hit.getAttribute('href')
}
