import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { chooseExample, clickAfter, linesIn, open, settled, skip, usePlayground } from './stage.ts'

usePlayground()

/** So high that every line is on the screen. */
const HIGH = { viewport: { width: 1280, height: 4000 } }
const ASSETS = ['/', '/page.css', '/page.js', '/icon.svg']

test('a link opens the same manifests on another page', { skip }, async () => {
  const { page } = await open('', HIGH)
  await chooseExample(page, 'TLS')
  await clickAfter(page, 'kind: Buildkit')
  await page.keyboard.type(' # größer')
  await settled(page)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText('The link is copied.').waitFor()
  const link = new URL(page.url())
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), link.href)
  const other = await open(link.hash.slice(1), HIGH)
  assert.equal(await linesIn(other.page, 'editor'), await linesIn(page, 'editor'))
})

test('the answer to a copied link is at its button on a phone, and an edit takes both back', { skip }, async () => {
  const { page } = await open('', { viewport: { width: 360, height: 640 } })
  await page.getByRole('button', { name: 'Copy link' }).click()
  const answer = page.getByText('The link is copied.')
  await answer.waitFor()
  const { y = 640, height = 0 } = (await answer.boundingBox()) ?? {}
  assert.ok(y + height < 640)
  assert.match(page.url(), /#m=/)
  await clickAfter(page, 'kind: Buildkit')
  await page.keyboard.type(' # other')
  await answer.waitFor({ state: 'hidden' })
  assert.equal(new URL(page.url()).hash, '')
})

test('a link stays in the address until its manifests are edited', { skip }, async () => {
  const fragment = fragmentFor('kind: Pod # from a link\n')
  const { page } = await open(fragment)
  assert.equal(new URL(page.url()).hash, `#${fragment}`)
  await clickAfter(page, 'from a link')
  await page.keyboard.type('!')
  await page.waitForFunction("location.hash === ''")
})

test('a link that is opened in an open page replaces its manifests', { skip }, async () => {
  const { page } = await open()
  await page.evaluate(`location.hash = '${fragmentFor('kind: Pod # from a link\n')}'`)
  await page.locator('#editor .cm-line', { hasText: 'from a link' }).waitFor()
})

const BROKEN = 'The link must end with #m= and manifests, but its end is missing or changed. Copy the whole link again.'

for (const fragment of ['m=garbage', '<img src=x onerror=alert(1)>', 'm=', 'constructor']) {
  test(`a link that ends with #${fragment} is a sentence, and shows an example`, { skip }, async () => {
    const { page, complaints } = await open(fragment)
    assert.equal(await page.getByRole('alert').textContent(), BROKEN)
    assert.match(await linesIn(page, 'editor'), /buildkit-arm64/)
    assert.deepEqual(complaints, [])
  })
}

test('a link that claims to be gigabytes is a sentence', { skip }, async () => {
  const { page } = await open(`m=${deflateRawSync(Buffer.alloc(300_000_000)).toString('base64url')}`)
  const sentence = 'The manifests in a link must be at most 1 MB, but these are larger.'
  assert.equal(await page.getByRole('alert').textContent(), sentence)
  await chooseExample(page, 'TLS')
  assert.equal(await page.getByRole('alert').isVisible(), false)
})

test('hostile manifests run and request nothing', { skip }, async () => {
  const markup = '<img src="/stolen" onerror="window.ran = true"><script>window.ran = true</script>'
  const hostile = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata:
  name: "${markup.replaceAll('"', "'")}"
  __proto__: {polluted: true}
spec:
  image: ${markup}
  buildkitdToml: |
    [${markup}]
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: a, namespace: constructor}
spec: {template: __proto__}
`
  const { page, complaints, requests } = await open(fragmentFor(hostile))
  for (const name of [/Findings/, /Fix/, /Hash/, /Pods/]) await page.getByRole('tab', { name }).click()
  assert.match(String(await page.getByRole('status').textContent()), /^Nothing is rendered: \d errors/)
  assert.equal(await page.evaluate('window.ran ?? {}.polluted'), undefined)
  assert.deepEqual(complaints, [])
  assert.deepEqual(
    requests.filter((url) => !ASSETS.includes(url) && !url.startsWith('blob:')),
    [],
  )
})

test('nothing is requested after loading, and the policy of the page refuses it', { skip }, async () => {
  const { page, requests } = await open()
  const loaded = requests.length
  await chooseExample(page, 'With mistakes')
  await page.getByRole('tab', { name: 'Fix' }).click()
  await page.getByRole('button', { name: /Correct/ }).click()
  await settled(page)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText(/link/).first().waitFor()
  assert.deepEqual(
    requests.slice(loaded).filter((url) => url !== '/icon.svg'),
    [],
  )
  assert.deepEqual(
    requests.filter((url) => !ASSETS.includes(url) && !url.startsWith('blob:')),
    [],
  )
  const tries = ["fetch('/page.css')", "fetch('https://example.com/')", "import('/other.js')"]
  for (const one of tries) await assert.rejects(page.evaluate(one), /Failed to fetch|Refused|dynamically imported/, one)
})

function fragmentFor(text: string): string {
  return `m=${deflateRawSync(text).toString('base64url')}`
}
