import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { item, listOf, run } from './items.ts'
import { podsOf } from './package.ts'
import { type AnyBuilder, anyBuilder } from './rules/any-builder.ts'

/** Builders of templates that have other names than those of the others. */
const packages = fc
  .array(anyBuilder, { minLength: 1, maxLength: 2 })
  .map((builders) =>
    builders.flatMap(({ template, buildkit }, at) => [apart(template, at), apart(buildkit, at)].map(item)),
  )

/** An object in a namespace of its own, so that builders of one name do not meet. */
function apart(object: AnyBuilder['template'], at: number): object {
  const { metadata, ...rest } = object as { readonly metadata: object }
  return { ...rest, metadata: { ...metadata, namespace: `n${at}` } }
}

const rendered = (items: readonly string[]) => run(listOf(items))

test('rendering twice changes nothing, whatever a package has', () => {
  let count = 0
  fc.assert(
    fc.property(packages, (items) => {
      const once = rendered(items)
      if (once.exitCode !== 0) return
      count += podsOf(once.items).length
      const list = once.text.replace(/^results:[\s\S]*/m, '')
      assert.equal(run(list).text.replace(/^results:[\s\S]*/m, ''), list)
    }),
    { numRuns: 400, seed: 20_261_201 },
  )
  assert.ok(count > 80, `rendered only ${count} Pods`)
})

test('input order does not change a Pod: whatever a package has', () => {
  const podsIn = (items: readonly string[]) =>
    new Map(podsOf(rendered(items).items).map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec]))
  fc.assert(
    fc.property(packages, (items) => assert.deepEqual(podsIn(items.toReversed()), podsIn(items))),
    { numRuns: 100, seed: 20_261_202 },
  )
})
