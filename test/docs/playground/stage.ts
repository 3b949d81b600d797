import { after, before } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { playgroundFiles } from '../../../docs/generate/playground.ts'
import { startBrowser } from '../../harness/browser.ts'
import { type FileServer, serveFiles } from '../../harness/serve-files.ts'
import { needs } from '../../harness/servers/binaries.ts'

/** Why the tests of a file cannot run, or false. */
export const skip = needs('chromium')

let browser: Browser
let server: FileServer

/** Serves the playground and starts a browser for the tests of a file. */
export function usePlayground(): void {
  if (skip) return
  before(async () => {
    const files = await playgroundFiles()
    server = await serveFiles((path) => files[path])
    browser = await startBrowser()
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })
}

/** An open playground, and what it did that a user does not see. */
export interface Opened {
  readonly page: Page
  /** Errors and warnings on the console, and what was thrown. */
  readonly complaints: readonly string[]
  readonly requests: readonly string[]
}

/** Opens the playground, in a context of its own. */
export async function open(fragment = '', options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options })
  const page = await context.newPage()
  const [complaints, requests]: [string[], string[]] = [[], []]
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  context.on('request', (request) => requests.push(request.url().replace(server.url, '/')))
  await page.goto(`${server.url}${fragment && `#${fragment}`}`)
  await settled(page)
  return { page, complaints, requests }
}

/** Waits until the page has rendered what it shows. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#busy').waitFor({ state: 'hidden' })
  await page.locator('#status:not(:empty)').waitFor()
}

/** Puts the cursor after a text of the manifests. */
export async function clickAfter(page: Page, text: string): Promise<void> {
  await page.locator('#editor .cm-line', { hasText: text }).first().click()
  await page.keyboard.press('End')
}

/** Replaces the manifests by what is on the clipboard. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.locator('#editor .cm-content').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+v')
}

/** The lines of an editor that are on the screen. */
export async function linesIn(page: Page, id: 'editor' | 'output'): Promise<string> {
  return (await page.locator(`#${id} .cm-line`).allTextContents()).join('\n')
}

/** Chooses one of the examples. */
export async function chooseExample(page: Page, label: string): Promise<void> {
  await page.getByLabel('Example').selectOption({ label })
  await settled(page)
}
