import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { corrected } from '../../../fn/fix/corrected.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'
import { decide } from '../../../fn/output/render.ts'
import { lineOfPlaced, placed } from '../../../fn/report/placed.ts'
import { anyBuildkit, anyTemplate } from './any-template.ts'
import { joined, type Pair } from './pair.ts'
import { type Pick, styled } from './styled.ts'

const FOREIGN = '# kept\nkind: X   # of somebody else\napiVersion: v1\nmetadata: &m {name:  x}\ndata: [*m, 0644, yes]\n'

/** A file with objects in any order and style, another object among them, and mistakes in them. */
function anyFile(pick: Pick): Pair {
  const [template, buildkit] = [anyTemplate(pick), anyBuildkit(pick)].map((node) => styled(node, pick)) as [Pair, Pair]
  const separator = () => pick('---\n', '--- # next\n', '---\n# é 😀\n')
  const ended = (one: Pair) => joined(one, one.before.endsWith('\n') ? '' : '\n')
  const objects = pick([template, buildkit], [buildkit, template]).map(ended)
  return joined(pick('', '---\n', '# é\n'), ...objects.flatMap((one) => [one, separator()]), FOREIGN)
}

/** What correcting a file makes of it, how much, and what is left to say. */
function fixed(text: string) {
  const { files, fields, left, isFine } = corrected(manifestsIn({ path: 'a.yaml', text }), DEFAULT_CONFIG)
  return { text: files[0]?.after ?? text, isChanged: fields > 0, left: left.map(lineOfPlaced), isFine }
}

/** Where everything is found that is more than infos. */
function placesIn(text: string): readonly string[] {
  const items = manifestsIn({ path: 'a.yaml', text })
  const results = decide(items, DEFAULT_CONFIG).results.filter(({ severity }) => severity !== 'info')
  return placed(results, items).map(({ position }) => `${position?.line}:${position?.column}`)
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n')
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`
}

test('each mistake is found where it stands and corrected, every other byte stays, and then there is nothing to say', () => {
  fc.assert(
    fc.property(fc.gen(), (g) => {
      const pick: Pick = (...choices) => g(fc.constantFrom, ...choices) as never
      const { before, after, marks } = anyFile(pick)
      const lineBreak = pick('\n', '\r\n')
      const [from, to] = [before, after].map((text) => text.replaceAll('\n', lineBreak)) as [string, string]
      assert.deepEqual(fixed(from), { text: to, isChanged: from !== to, left: [], isFine: true })
      assert.deepEqual(fixed(to), { text: to, isChanged: false, left: [], isFine: true })
      const expected = marks.map((at) => placeOf(before, at))
      assert.deepEqual(
        placesIn(from).filter((place) => !expected.includes(place)),
        [],
      )
    }),
    { seed: 1, numRuns: 60 },
  )
})
