import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { corrected } from '../../../fn/fix/corrected.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'
import { CORRECTIONS, LEFT } from './corrections.ts'

/** What a file becomes, and whether anything is left to do. */
function fixed(text: string) {
  const items = manifestsIn({ path: 'a.yaml', text })
  const { files, fields, isFine } = corrected(items, DEFAULT_CONFIG)
  return { text: files[0]?.after ?? text, fields, isFine }
}

for (const [name, [before, after]] of Object.entries(CORRECTIONS)) {
  for (const lineBreak of ['\n', '\r\n'])
    test(`corrected, and every other byte kept: ${name}, where lines end with ${JSON.stringify(lineBreak)}`, () => {
      const [from, to] = [before, after].map((text) => text.replaceAll('\n', lineBreak)) as [string, string]
      const result = fixed(from)
      assert.deepEqual({ ...result, fields: result.fields > 0 }, { text: to, fields: true, isFine: true })
      assert.deepEqual(fixed(to), { text: to, fields: 0, isFine: true })
    })
}

for (const [name, text] of Object.entries(LEFT)) {
  test(`left as it is, and not fine: ${name}`, () => {
    assert.deepEqual(fixed(text), { text, fields: 0, isFine: false })
  })
}

/** A template in which any of these may be wrong, in any style. */
const anyTemplate = fc
  .record(
    {
      rootless: fc.constantFrom('rootless: true', 'rootles: true', '"rootLess": true'),
      policy: fc.constantFrom('imagePullpolicy: Always', "'imagePullPolicy': Never # c", '"imagepullpolicy": x'),
      labels: fc.constantFrom(
        'podLabels: {a: 1, b: yes}',
        'podLabels:\n    a: 0x1F # hex',
        'podLabels: {a: &a 1, b: *a}',
      ),
      lifecycle: fc.constantFrom('lifecycle:\n    restartPolicy: never', 'lifecycle: {restartPolicy: OnFailure}'),
      resources: fc.constantFrom(
        'resources:\n    default: &d\n      claims: [{name: x}]\n    maximum: {cpu: 1}',
        'resources: {default: {limits: {cpu: 2}, claims: [{name: x}]}, maximum: {cpu: 500m}}',
        'resources:\n    default:\n      claims:\n        - name: x\n      # c\n\n      limits:\n        cpu: "2"\n    maximum:\n      cpu: 1.5',
      ),
      tolerations: fc.constantFrom('scheduling:\n    tolerations:\n      - kye: a\n        operator: Exists'),
    },
    { requiredKeys: [] },
  )
  .map((fields) => Object.values(fields).map((field) => `  ${field}\n`))
  .filter((fields) => fields.length > 0)
  .chain((fields) => fc.shuffledSubarray(fields, { minLength: fields.length }))
  .map(
    (fields) =>
      `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata: {name: small}\nspec:\n${fields.join('')}`,
  )

test('fixing twice changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(anyTemplate, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('\n', '\r\n'),
      (some, lineBreak) => {
        const once = fixed(some.join('---\n').replaceAll('\n', lineBreak))
        assert.deepEqual(fixed(once.text), { ...once, fields: 0 })
      },
    ),
  )
})
