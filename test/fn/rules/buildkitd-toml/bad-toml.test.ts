import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saidOf } from './said-of.ts'

const times = (count: number, text: string | ((at: number) => string)) =>
  Array.from({ length: count }, (_, at) => (typeof text === 'string' ? text : text(at)))
const nested = times(10_000, 'a').join('.')
const deep =
  'error BK101 1:0 must be valid TOML, got an error in line 1: document contains excessively nested structures. aborting.'

/** What would be too much for a careless reader: the first thing that is said of it, and how many. */
const BAD: Readonly<Record<string, readonly [toml: string, count: number, first: string | undefined]>> = {
  'a text of 1 MB': [
    `debug = "${'x'.repeat(1e6)}"`,
    1,
    `error BK102 1:1 \`debug\` must be true or false, got "${'x'.repeat(79)}…`,
  ],
  'a key of 1 MB': [
    `${'x'.repeat(1e6)} = 1`,
    1,
    `warning BK105 1:1 \`"${'x'.repeat(80)}…"\` is not a key of BuildKit v0.34.2, which ignores it; remove it`,
  ],
  'more keys than anybody reads about': [
    times(50_000, (at) => `k${at} = 1`).join('\n'),
    // One of the thousand that are told is the template's own.
    999,
    'warning BK105 1:1 `k0` is not a key of BuildKit v0.34.2, which ignores it; remove it',
  ],
  '10,000 tables in a table of any shape': [`[worker.oci.stargzSnapshotter.${nested}]`, 0, undefined],
  '10,000 tables in one that is not known': [
    `[${nested}]\nb = 1`,
    1,
    'warning BK105 1:2 `a` is not a key of BuildKit v0.34.2, which ignores it; remove it',
  ],
  '10,000 tables in braces': [`a = ${'{a = '.repeat(10_000)}1${'}'.repeat(10_000)}`, 1, deep.replace('1:0', '1:5005')],
  '10,000 lists': [`a = ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 1, deep.replace('1:0', '1:1005')],
  'bytes of something else': [
    '\ufffd\u0001\u007f'.repeat(1000),
    1,
    'error BK101 1:1 must be valid TOML, got an error in line 1: illegal character in key',
  ],
  'a size of half a million digits': [
    `worker.oci.reservedSpace = "${'1'.repeat(5e5)}"`,
    1,
    `error BK104 1:12 \`worker.oci.reservedSpace\` must be bytes, an amount such as "10GB" or a percentage such as "20%", got "${'1'.repeat(79)}…`,
  ],
  'a duration of a quarter of a million hours': [
    `history.maxAge = "${'1h'.repeat(250_000)}x"`,
    1,
    `error BK103 1:9 \`history.maxAge\` must be a duration such as "48h" or a number of seconds, got "${'1h'.repeat(39)}1…`,
  ],
  '40,000 registries that BuildKit does not look up': [
    times(40_000, (at) => `[registry."*.r${at}.io"]\nhttp = true`).join('\n'),
    999,
    'warning BK121 1:11 `registry."*.r0.io"` must name one host; BuildKit has no wildcards and no default; write a table for each registry',
  ],
  '40,000 mirrors, each with its password': [
    `[registry."docker.io"]\nmirrors = [${times(40_000, (at) => `"me:x@m${at}.io"`).join(', ')}]`,
    999,
    'warning BK120 2:12 `registry."docker.io".mirrors[0]` must not contain credentials, which BuildKit drops, got "***@m0.io"; clients send them with each build → m0.io',
  ],
  'a variable of Flux under 10,000 tables': [`[worker.oci.stargzSnapshotter.${nested}]\nb = "$\{X}"`, 0, undefined],
}

for (const [name, [toml, count, first]] of Object.entries(BAD))
  test(`${name}: a right answer, soon`, { timeout: 30_000 }, () => {
    const said = saidOf(toml)
    assert.deepEqual([said.length, said[0]], [count, first])
  })

test('30,000 flags: a right answer, soon', { timeout: 30_000 }, () => {
  const command = ['buildkitd', ...times(30_000, (at) => `--allow-insecure-entitlement=x${at}`)]
  assert.equal(saidOf('root = "/var/lib/buildkit"', { command }).length, 1000)
})
