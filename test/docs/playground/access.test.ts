import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { chooseExample, clickAfter, linesIn, open, settled, skip, usePlayground } from './stage.ts'

usePlayground()

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const TABS = [/Pods/, /Findings/, /Fix/, /Hash/]

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds serious or critical. */
async function barriersOn(page: Page): Promise<readonly string[]> {
  const { violations } = (await page.evaluate('axe.run()')) as { readonly violations: readonly Violation[] }
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

for (const width of [360, 1440]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every tab is accessible and as wide as the page, ${colorScheme} and ${width} px wide`, { skip }, async () => {
      const { page, complaints } = await open('', { viewport: { width, height: 800 }, colorScheme, bypassCSP: true })
      await page.evaluate(axe)
      for (const example of ['Quickstart', 'With mistakes']) {
        await chooseExample(page, example)
        for (const name of TABS) {
          await page.getByRole('tab', { name }).click()
          for (const summary of await page.locator('summary:visible').all()) await summary.click()
          assert.deepEqual(await barriersOn(page), [], `${example}, ${name}`)
          assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
        }
      }
      assert.deepEqual(complaints, [])
    })
  }
}

test('the keyboard alone reaches everything, and Escape leaves the editor', { skip }, async () => {
  const { page } = await open()
  const reached: string[] = []
  for (let count = 0; count < 6; count++) {
    if (count === 5) await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    reached.push(await focused(page))
  }
  assert.deepEqual(reached, ['documentation', 'example', 'share', 'theme', 'editor', 'output-tab'])
  await page.keyboard.press('ArrowRight')
  assert.deepEqual([await focused(page), await page.locator('#findings').isVisible()], ['findings-tab', true])
  await page.keyboard.press('End')
  assert.deepEqual([await focused(page), await page.locator('#hashes').isVisible()], ['hashes-tab', true])
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'output')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement.tagName'), 'A')
})

test('Tab indents in the editor, and Escape makes it leave only until another key', { skip }, async () => {
  const { page } = await open()
  await clickAfter(page, 'some-ns')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('# here')
  assert.match(await linesIn(page, 'editor'), / {4}# here/)
  await page.keyboard.press('Escape')
  await page.keyboard.type('x')
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'editor')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Tab')
  assert.equal(await focused(page), 'theme')
})

test('what has the focus is visible', { skip }, async () => {
  const { page } = await open()
  for (let count = 0; count < 4; count++) {
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'solid')
  }
})

test('the theme follows the system until it is chosen, and the choice is remembered', { skip }, async () => {
  const { page } = await open('', { colorScheme: 'dark' })
  const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
  const dark = await background()
  await page.getByLabel('Theme').selectOption('Light')
  const light = await background()
  assert.notEqual(light, dark)
  await page.reload()
  await settled(page)
  assert.deepEqual([await background(), await page.getByLabel('Theme').inputValue()], [light, 'light'])
  // As the pages of the site remember it.
  await page.evaluate("localStorage.setItem('vitepress-theme-appearance', 'dark')")
  await page.reload()
  assert.deepEqual([await background(), await page.getByLabel('Theme').inputValue()], [dark, 'dark'])
})

/** The id of what has the focus. */
async function focused(page: Page): Promise<string> {
  return String(await page.evaluate('document.activeElement.id'))
}
