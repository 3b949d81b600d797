import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { suite, test } from 'node:test'
import { BUILDKITD_FLAGS } from '../../../../fn/upstream/buildkit/buildkitd-flags.ts'
import { BUILDKITD_KEYS } from '../../../../fn/upstream/buildkit/buildkitd-keys.ts'
import type { Shape } from '../../../../fn/upstream/buildkit/shape.ts'
import { binary, needs } from '../../../harness/servers/binaries.ts'

/** What a flag may set, by what buildkitd.toml has at its keys. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['boolean'],
  word: ['boolean'],
  text: ['string', 'integer'],
  number: ['integer'],
  list: ['list', 'each'],
  megabytes: ['size'],
}

test('every flag sets a key that buildkitd.toml has, of its own kind', () => {
  for (const [flag, { kind, keys }] of BUILDKITD_FLAGS) {
    const shape = keys.reduce<Shape | undefined>((at, key) => {
      return typeof at === 'object' && 'keys' in at ? at.keys[key] : undefined
    }, BUILDKITD_KEYS)
    const name = typeof shape === 'object' ? Object.keys(shape)[0] : shape
    assert.ok(SHAPES[kind]?.includes(name ?? ''), `--${flag} sets ${keys.join('.')}, which is ${name}`)
  }
})

/** The help leaves them out (`Hidden` in cmd/buildkitd). */
const HIDDEN = /^containerd-worker-(?:platform|namespace|runtime)$|-gc-keepstorage$/
/** Those that set no key, or, as the levels of the log, one by their name. */
const OTHERS = /^(?:config|debug|trace|save-cache-debug|help|version|profile-\w+)$/

suite('of a real buildkitd', { skip: needs('buildkitd') }, () => {
  test('the flags are those of its help', () => {
    const { stdout } = spawnSync(binary('buildkitd'), ['--help'], { encoding: 'utf8' })
    const helped = [...stdout.matchAll(/^ +--([a-z][\w-]*)/gm)].map(([, flag = '']) => flag)
    const ours = [...BUILDKITD_FLAGS.keys()].filter((flag) => !HIDDEN.test(flag))
    const theirs = helped.filter((flag) => !(OTHERS.test(flag) || HIDDEN.test(flag)))
    assert.deepEqual(ours.sort(), [...new Set(theirs)].sort())
  })
})
