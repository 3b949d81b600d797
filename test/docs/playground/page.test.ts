import assert from 'node:assert/strict'
import { test } from 'node:test'
import { playgroundExamples } from '../../../docs/generate/playground.ts'
import { rendered } from '../../../docs/playground/rendering/rendered.ts'
import { chooseExample, clickAfter, linesIn, open, paste, settled, skip, usePlayground } from './stage.ts'

usePlayground()

test('the page shows the Pod of the first example, as the command prints it', { skip }, async () => {
  const { page, complaints } = await open('', { viewport: { width: 1440, height: 4000 } })
  const text = playgroundExamples()[0]?.text ?? ''
  const { output } = rendered({ text, since: text })
  assert.ok(output.includes(await linesIn(page, 'output')))
  assert.match(await linesIn(page, 'output'), /^apiVersion: v1\nkind: Pod$/m)
  assert.equal(
    await page.getByRole('status').textContent(),
    'Rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate: 1 warning, 1 info.',
  )
  assert.deepEqual(complaints, [])
})

test('a mistake is underlined and listed, with its rule and the way to its place', { skip }, async () => {
  const { page } = await open()
  await clickAfter(page, 'max-parallelism')
  await page.keyboard.press('Enter')
  await page.keyboard.type('unheard-of = 1')
  await settled(page)
  await page.locator('#editor .cm-lintRange-warning', { hasText: 'unheard-of' }).waitFor()
  await page.getByRole('tab', { name: 'Findings (3)' }).click()
  const finding = page.getByRole('listitem').filter({ hasText: 'worker.oci.unheard-of' })
  await finding.getByText('BK105 unknown-key').click()
  await finding.getByText('BuildKit does not have this key.').first().waitFor()
  await finding.getByRole('button', { name: 'line 16' }).click()
  await page.keyboard.type('#')
  await page.locator('#editor .cm-line', { hasText: '#unheard-of = 1' }).waitFor()
})

test('fix shows a difference, makes it, and can be undone', { skip }, async () => {
  const { page } = await open()
  await chooseExample(page, 'With mistakes')
  const before = await linesIn(page, 'editor')
  await page.getByRole('tab', { name: 'Fix' }).click()
  assert.deepEqual(await page.locator('.diff ins').allTextContents(), [
    '+  image: moby/buildkit:v0.34.2-rootless\n',
    '+    max-parallelism = 3\n',
    '+  template: small\n',
  ])
  await page.getByRole('button', { name: 'Correct 3 fields' }).click()
  await settled(page)
  assert.equal(await page.getByText('There are no mistakes that have one correction.').isVisible(), true)
  assert.match(await linesIn(page, 'editor'), /rootless\n.*\n.*\n {4}max-parallelism = 3\n/)
  await page.locator('#editor .cm-content').focus()
  await page.keyboard.press('ControlOrMeta+z')
  assert.equal(await linesIn(page, 'editor'), before)
})

test('the hash of a builder moves with its Pod, and the page shows the field that moved it', { skip }, async () => {
  const { page } = await open()
  await page.getByRole('tab', { name: 'Hash' }).click()
  const builder = page.getByRole('listitem').filter({ hasText: 'some-ns/buildkit-arm64-instance' })
  assert.match(
    String(await builder.textContent()),
    /^stays some-ns\/buildkit-arm64-instance → buildkit-arm64-instance-\w{10}$/,
  )
  await clickAfter(page, 'max-parallelism = 3')
  await page.keyboard.type('2')
  await settled(page)
  assert.match(String(await builder.first().textContent()), /^rolls .*max-parallelism = 3.*max-parallelism = 32/)
  await page.getByRole('button', { name: 'Compare from here' }).click()
  await settled(page)
  assert.match(String(await builder.textContent()), /^stays /)
})

test('the editor completes fields by our schemas', { skip }, async () => {
  const { page } = await open()
  await clickAfter(page, '  rootless: true')
  await page.keyboard.press('Enter')
  await page.keyboard.type('imageP')
  await page.getByRole('option', { name: 'imagePullPolicy' }).waitFor()
  // CodeMirror takes no Enter in the moment in which a list appears.
  await page.waitForTimeout(150)
  await page.keyboard.press('Enter')
  await page.locator('#editor .cm-line', { hasText: 'imagePullPolicy: ' }).waitFor()
})

test('of manifests that come quickly, the last are rendered', { skip }, async () => {
  const { page } = await open()
  for (let count = 0; count < 5; count++) await paste(page, 'kind: Buildkit\n'.repeat(count))
  await chooseExample(page, 'TLS')
  const text = playgroundExamples().find(({ name }) => name === 'TLS')?.text ?? ''
  assert.match(String(await page.getByRole('status').textContent()), /^Rendered .*Certificate/)
  assert.ok(text.startsWith(await linesIn(page, 'editor')))
})

test('a render of more than a minute is stopped, and the next one works', { skip }, async () => {
  const { page } = await open('')
  await page.clock.install()
  await page.reload()
  await settled(page)
  await paste(page, megabyte().join('---\n'))
  await page.getByText('Rendering…').waitFor()
  await page.clock.fastForward(60_000)
  await page.getByText('Rendering must take at most 60 s, but these manifests take longer. Use the command.').waitFor()
  await chooseExample(page, 'TLS')
  await page.getByText(/^Rendered 2 Pods/).waitFor()
})

test('a megabyte of manifests leaves the page usable, and is rendered', { skip }, async () => {
  const { page, complaints } = await open()
  const copies = megabyte()
  await paste(page, copies.join('---\n'))
  await page.getByText('Rendering…').waitFor()
  await page.getByRole('tab', { name: 'Hash' }).click()
  assert.equal(await page.getByRole('tabpanel', { name: 'Hash' }).isVisible(), true)
  await page.getByText(`Rendered ${copies.length} Pods`).waitFor({ timeout: 120_000 })
  await page.getByRole('tab', { name: 'Fix' }).click()
  assert.match(String(await page.locator('#fix').textContent()), /^Manifests of more than 250 kB /)
  assert.deepEqual(complaints, [])
})

/** Documents of builders that are all alike. */
function megabyte(): readonly string[] {
  const { text = '' } = playgroundExamples()[0] ?? {}
  const count = Math.floor(1_000_000 / text.length)
  return Array.from({ length: count }, (_, at) => text.replaceAll('some-ns', `ns-${at}`))
}
