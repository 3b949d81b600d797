import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { type BuildkitStatus, conditionIn } from '../../controller/observation.ts'
import { READY } from '../../controller/reasons.ts'
import { sceneByReason } from './status-page/scene-by-reason.ts'
import { NEW, newReady, OLD, OTHER, oldDraining, oldReady, otherReady, statusIn } from './status-page/scenes.ts'

const page = await readFile(join(import.meta.dirname, '../../docs/status.md'), 'utf8')
const scenes = Object.values(sceneByReason)
const oneDrains = statusIn({ podNames: [OLD, NEW, OTHER], pods: [oldDraining, newReady, otherReady] })

test('docs/status.md shows for every reason the message that the controller writes', () => {
  const expected = Object.entries(sceneByReason).map(([reason, status]) => {
    return [reason, status.conditions?.find((condition) => condition.reason === reason)?.message]
  })
  const actual = Object.keys(sceneByReason).map((reason) => [reason, blocksOf('', section(reason)).join()])
  assert.deepEqual(actual, expected)
})

test('docs/status.md shows a status exactly as the controller writes it', () => {
  const shown = blocksOf('yaml', page).map((block) => parse(block).status)
  assert.equal(shown.length, 1)
  for (const status of shown)
    assert.ok(
      scenes.some((scene) => isSame(scene, status)),
      'no scene has this status',
    )
})

test('docs/status.md shows the columns that kubectl prints', () => {
  const others = [statusIn({ podNames: [OLD], pods: [oldReady] }), oneDrains]
  const known = [...scenes, ...others].flatMap((status) => [rowOf(status), wideRowOf(status)])
  const shown = blocksOf('console', page).flatMap((block) => block.match(/^shop .*$/gm) ?? [])
  assert.deepEqual(
    shown
      .map((row) =>
        row
          .split(/ +/)
          .join(' ')
          .replace(/ \d+[hs]\b/, ''),
      )
      .filter((row) => !known.includes(row)),
    [],
  )
  assert.equal(shown.length, 7)
})

/** Those of a Buildkit with replicas, with `--output wide`. */
function wideRowOf(status: BuildkitStatus): string {
  return `${rowOf(status)} small ${status.podNames?.length} ${status.readyReplicas}`
}

function isSame(one: unknown, other: unknown): boolean {
  try {
    assert.deepEqual(one, other)
    return true
  } catch {
    return false
  }
}

test('docs/status.md quotes the message of a Buildkit with a draining Pod', () => {
  const { message } = conditionIn(oneDrains, READY) ?? {}
  assert.ok(message && page.replaceAll('\n', ' ').replaceAll('  ', ' ').includes(`\`${message}\``), message)
})

function section(title: string): string {
  const [, rest = ''] = page.split(`\n### ${title}\n`)
  return rest.split(/\n##+ /)[0] ?? ''
}

/** What stands between fences of a language. */
function blocksOf(language: string, text: string): readonly string[] {
  const fenced = [...text.matchAll(/^```(\w*)\n(.*?)\n```$/gms)]
  return fenced.filter(([, of]) => of === language).map(([, , block = '']) => block)
}

/** The columns but the age. */
function rowOf(status: BuildkitStatus): string {
  const ready = conditionIn(status, READY)
  const cells = ['shop', status.endpoint, ready?.status, ready?.reason, status.podName]
  return cells.filter((cell) => cell !== undefined).join(' ')
}
