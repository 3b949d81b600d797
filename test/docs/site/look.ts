import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'

export interface Screen {
  readonly colorScheme: 'light' | 'dark'
  readonly width: number
}

export interface OpenPage {
  readonly page: Page
  /** What the browser has logged as an error. */
  readonly errors: readonly string[]
  /** Requests to other servers. */
  readonly foreign: readonly string[]
}

/** A page as a reader sees it, after its scripts have run. */
export async function openPage(browser: Browser | undefined, url: string, screen: Screen): Promise<OpenPage> {
  if (!browser) throw new Error('a test without `inBrowser` has no browser')
  const viewport = { width: screen.width, height: 900 }
  const context = await browser.newContext({ colorScheme: screen.colorScheme, viewport })
  const page = await context.newPage()
  const [errors, foreign]: [string[], string[]] = [[], []]
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('request', (request) => new URL(request.url()).origin !== new URL(url).origin && foreign.push(request.url()))
  await page.goto(url, { waitUntil: 'networkidle' })
  // Vue names the switch of the theme when it takes the page over.
  await page.locator('.VPNavBarAppearance .VPSwitchAppearance:not([title=""])').waitFor({ state: 'attached' })
  return { page, errors, foreign }
}

export function isDark(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("document.documentElement.classList.contains('dark')")
}

/** The sources of the pictures that are not hidden, loaded or not. */
export function shownPictures(page: Page): Promise<readonly string[]> {
  const images = "[...document.querySelectorAll('.vp-doc img')]"
  return page.evaluate(`${images}.filter((image) => getComputedStyle(image).display !== 'none').map(({ src }) => src)`)
}

/** What axe reports about a page as serious or critical. */
export async function complaintsOfAxe(
  browser: Browser | undefined,
  url: string,
  colorScheme: Screen['colorScheme'],
): Promise<readonly string[]> {
  const { page } = await openPage(browser, url, { colorScheme, width: 1440 })
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
  await page.context().close()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const complaints = grave.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all }) => `${id}: ${html.slice(0, 160)}: ${[...any, ...all][0]?.message}`),
  )
  return complaints.map((complaint) => `${new URL(url).pathname}: ${complaint}`)
}
