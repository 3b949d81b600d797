import assert from 'node:assert/strict'
import { test } from 'node:test'
import { completed } from '../../../docs/.vitepress/complete-example.ts'
import { playgroundLink } from '../../../docs/.vitepress/playground-link.ts'
import { opened } from '../../../docs/playground/fragment.ts'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'
import { decide } from '../../../fn/output/render.ts'
import { toResult } from '../../../fn/results/results.ts'
import { RULES } from '../../../fn/rules/book.ts'
import { exampleText } from '../../../fn/rules/example.ts'

test('a template gets what is the same everywhere, and a Buildkit', () => {
  assert.equal(
    completed('kind: BuildkitTemplate\nspec:\n  rootless: true\n'),
    `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata:
  name: example
spec:
  rootless: true
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata:
  name: example
spec:
  template: example
`,
  )
})

test('what an example sets stays, as do objects of others', () => {
  const manifests = `apiVersion: v1
kind: Namespace
metadata:
  name: builders
---
kind: Buildkit
metadata:
  namespace: builders
spec:
  template: large
`
  assert.equal(
    completed(manifests),
    manifests
      .replace('kind: Buildkit', 'apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit')
      .replace('  namespace: b', '  name: example\n  namespace: b'),
  )
})

test('a link to the playground carries the completed manifests, unless they are too large', async () => {
  const yaml = 'kind: BuildkitTemplate\nspec:\n  labels: { ä: "漢字" }\n'
  const [path, fragment = ''] = String(playgroundLink(yaml)).split('#m=')
  assert.deepEqual([path, await opened(`m=${fragment}`)], ['playground/', { text: completed(yaml) }])
  assert.equal(playgroundLink('kind: BuildkitTemplate\nspec:\n  image: a… 1000000 times\n'), undefined)
})

for (const { id, text: texts } of RULES) {
  const { example } = texts()
  test(`the completed examples of ${id} break and follow it as the page says`, () => {
    const broken = (text: string) => {
      const config = { ...DEFAULT_CONFIG, ...(example.kubernetes && { kubernetesVersion: example.kubernetes }) }
      const { results } = decide(manifestsIn({ path: 'a.yaml', text: completed(text) }), config, { isAdvised: true })
      return results.some((finding) => toResult(finding).tags?.rule === id)
    }
    const [wrong, right] = [exampleText(example.wrong), exampleText(example.right)]
    assert.deepEqual({ wrong: broken(wrong), right: broken(right) }, { wrong: true, right: false })
  })
}
