import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

const template = (toml: string, limit?: string) => `kind: BuildkitTemplate
spec:
${toml && `  buildkitdToml: |\n${toml.replace(/^(?=.)/gm, '    ')}`}${
  limit ? `  resources:\n    default:\n      limits:\n        ephemeral-storage: ${limit}\n` : ''
}`

/** What is said of a template, each as "rule line:column message". */
const said = (manifests: string) =>
  resultsOf(manifests).map(({ tags, message }) => {
    return [tags?.rule, tags?.tomlLine && `${tags.tomlLine}:${tags.tomlColumn}`, message].filter(Boolean).join(' ')
  })

const CASES: readonly (readonly [what: string, manifests: string, said: readonly string[]])[] = [
  ['no configuration and no limit', template(''), []],
  ['a limit that the defaults fit in', template('', '200Gi'), []],
  ['an amount that fits', template('[worker.oci]\n  maxUsedSpace = "40GB"\n', '50Gi'), []],
  [
    'a limit that the defaults do not fit in',
    template('', '50Gi'),
    [
      "BK209 the cache must stay below 40 GiB, 80% of the limit 50Gi for `ephemeral-storage`, got 9.31 GiB to 93.1 GiB by BuildKit's defaults; set `maxUsedSpace` in `[worker.oci]` to less, or raise the limit",
    ],
  ],
  [
    'free space as the only bound',
    template('[worker.oci]\n  minFreeSpace = "20%"\n', '50Gi'),
    [
      "BK209 2:3 the cache must stay below 40 GiB, 80% of the limit 50Gi for `ephemeral-storage`, got no ceiling except the node's disk; set `maxUsedSpace` in `[worker.oci]` to less, or raise the limit",
    ],
  ],
  ...[
    ['maxUsedSpace = "100%"', 'must be less than 100%, got "100%"; BuildKit collects nothing before the disk is full'],
    ['keepBytes = "120%"', 'must be less than 100%, got "120%"; BuildKit collects nothing before the disk is full'],
    ['minFreeSpace = "100%"', 'must be less than 100%, got "100%"; every collection empties the cache'],
    ['maxUsedSpace = "0%"', 'must be greater than 0, got "0%"; BuildKit treats 0 as unset and uses its default'],
    ['maxUsedSpace = 0', 'must be greater than 0, got 0; BuildKit treats 0 as unset and uses its default'],
  ].map(([amount = '', message]): (typeof CASES)[number] => {
    const policies = `[[worker.oci.gcpolicy]]\nkeepDuration = "48h"\n${amount}\n[[worker.oci.gcpolicy]]\nall = true\nmaxUsedSpace = "9GB"\n`
    const key = amount.split(' ')[0]
    return [
      `an amount that cannot be: ${amount}`,
      template(policies),
      [`BK218 3:1 \`worker.oci.gcpolicy[0].${key}\` ${message}`],
    ]
  }),
  [
    'a percentage and a limit',
    template('[worker.oci]\n  maxUsedSpace = "80%"\n', '50Gi'),
    [
      'BK210 2:3 `maxUsedSpace` must be in bytes, at most 40 GiB (80% of the limit 50Gi for `ephemeral-storage`), got "80%" of the node\'s disk, which is 763 GiB on a disk of 1 TiB',
    ],
  ],
  [
    'a percentage below another bound that fits',
    template(
      '[[worker.oci.gcpolicy]]\n  maxUsedSpace = "10%"\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "40GB"\n',
      '50Gi',
    ),
    [],
  ],
  [
    "the sample in BuildKit's docs",
    template(`[worker.oci]
  gc = true
  reservedSpace = "30%"
  maxUsedSpace = "60%"
  minFreeSpace = "20GB"
[[worker.oci.gcpolicy]]
  reservedSpace = "512MB"
  maxUsedSpace = "1GB"
  minFreeSpace = "10GB"
  keepDuration = "48h"
  filters = [ "type==source.local", "type==exec.cachemount", "type==source.git.checkout"]
[[worker.oci.gcpolicy]]
  all = true
  reservedSpace = 1024000000
`),
    [
      'BK201 3:3 `reservedSpace` has no effect, because BuildKit reads only the amounts in `gcpolicy`; move it there, or remove it',
      'BK201 4:3 `maxUsedSpace` has no effect, because BuildKit reads only the amounts in `gcpolicy`; move it there, or remove it',
      'BK201 5:3 `minFreeSpace` has no effect, because BuildKit reads only the amounts in `gcpolicy`; move it there, or remove it',
      'BK203 14:3 `reservedSpace` must not be the only amount, got 976 MiB; BuildKit prunes the cache down to it, so floor and ceiling are the same; set the maximum in `maxUsedSpace`',
    ],
  ],
  [
    'amounts in different units, which no rule compares',
    template('[worker.oci]\n  reservedSpace = "2GB"\n  maxUsedSpace = "20%"\n  minFreeSpace = "1GB"\n'),
    [
      'BK211 3:3 `maxUsedSpace` must be in bytes if several builders share a node, got "20%" of the node\'s disk for each of them',
    ],
  ],
  [
    'a floor above its ceiling',
    template('[worker.oci]\n  reservedSpace = "60GB"\n  maxUsedSpace = "40GB"\n'),
    [
      'BK204 3:3 `maxUsedSpace` must be at least the 60 GiB of `reservedSpace`, got 40 GiB; it has no effect, raise it or lower `reservedSpace`',
    ],
  ],
  [
    'a policy that deletes everything of a type',
    template(
      '[[worker.oci.gcpolicy]]\n  filters = ["type==source.local"]\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "40GB"\n',
    ),
    [
      'BK205 1:14 `gcpolicy` must have `maxUsedSpace` or `keepDuration`, got neither; every collection deletes everything that matches "type==source.local"; floor and ceiling are 0',
    ],
  ],
  [
    'a type that is misspelt',
    template(
      '[[worker.oci.gcpolicy]]\n  filters = ["type==cachemount"]\n  keepDuration = 3600\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "40GB"\n',
    ),
    [
      'BK207 2:3 `filters` must name one of the types internal, frontend, source.local, source.git.checkout, exec.cachemount, regular, got "cachemount"; it matches nothing',
    ],
  ],
  [
    'filters that are none, or ask for what no record has',
    template(
      '[[worker.oci.gcpolicy]]\n  filters = ["until=24h", "unused-for==24h", "type==regular ", "until==24h", "inuse"]\n  keepDuration = 3600\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "40GB"\n',
    ),
    [
      'BK207 2:3 `filters` must have selectors such as "type==regular", got "until=24h", which BuildKit cannot parse; every collection ends at it',
      'BK207 2:3 `filters` must have selectors such as "type==regular", got "unused-for==24h", which BuildKit cannot parse; every collection ends at it',
      'BK207 2:3 `filters` must have selectors such as "type==regular", got "type==regular ", which BuildKit cannot parse; every collection ends at it',
      'BK207 2:3 `filters` must select by one of type, id, description, mutable, immutable, shared, private, got "until"; it matches nothing',
      'BK207 2:3 `filters` must select by one of type, id, description, mutable, immutable, shared, private, got "inuse"; it matches nothing',
    ],
  ],
  [
    'filters of every kind that BuildKit parses',
    template(
      '[[worker.oci.gcpolicy]]\n  filters = ["type == regular", " type!=internal,mutable", "until!=1", "description~=/mount.*/", "type==\\"regular\\"", "id==a/b|c=d", "type.x==regular"]\n  keepDuration = 3600\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "40GB"\n',
    ),
    [],
  ],
  [
    'megabytes of old samples, which are bytes now',
    template('[worker.oci]\n  gckeepstorage = 9000\n'),
    [
      'BK216 2:3 `gckeepstorage` must be large enough for images, got 8.78 KiB; every collection prunes the cache to it; a number without a unit is in bytes; did you mean "9000MB"?',
    ],
  ],
  [
    'a policy with less than an image, and amounts that nobody heeds or that are of records of a type',
    template(
      '[worker.oci]\n  gckeepstorage = 9000\n[[worker.oci.gcpolicy]]\n  filters = ["type==source.local"]\n  maxUsedSpace = "10MB"\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "50MB"\n',
    ),
    [
      'BK201 2:3 `gckeepstorage` has no effect, because BuildKit reads only the amounts in `gcpolicy`; move it there, or remove it',
      'BK216 8:3 `maxUsedSpace` must be large enough for images, got 50 MiB; every collection prunes the cache to it',
    ],
  ],
  [
    'collection that is off, whatever stands beside it',
    template('[worker.oci]\n  gc = false\n  maxUsedSpace = 9\n[[worker.oci.gcpolicy]]\n  all = true\n'),
    [
      "BK213 2:3 `gc` must be true, got false; the cache has no ceiling except the node's disk; remove it and set `maxUsedSpace`",
    ],
  ],
  [
    'collection that is off',
    template('[worker.oci]\n  gc = false\n', '50Gi'),
    [
      'BK212 2:3 `gc` must be true with the limit 50Gi for `ephemeral-storage`, got false; the cache has no ceiling, and the kubelet evicts the builder at its limit; remove it and set `maxUsedSpace`',
    ],
  ],
]

for (const [what, manifests, expected] of CASES) {
  test(`of a template with ${what} is said what the cache comes to`, () => {
    assert.deepEqual(
      said(manifests).filter((text) => text.startsWith('BK2')),
      expected,
    )
  })
}

test('free space as the only amount empties the cache of releases up to v0.20', () => {
  const policies =
    '[[worker.oci.gcpolicy]]\n  minFreeSpace = "20%"\n  maxUsedSpace = "40GB"\n[[worker.oci.gcpolicy]]\n  all = true\n  minFreeSpace = "10GB"\n'
  const ofImage = (tag: string, toml: string) =>
    said(template(toml).replace('spec:\n', `spec:\n  image: moby/buildkit:${tag}\n`)).filter((text) =>
      /^BK2/.test(text),
    )
  assert.deepEqual(ofImage('v0.20.2', policies), [
    'BK217 6:3 `minFreeSpace` must not be the only amount before v0.21, got "v0.20.2"; with enough free space, every collection deletes the whole cache; set `maxUsedSpace` too, or use a newer image',
  ])
  assert.equal(ofImage('v0.17.0', '[worker.oci]\n  minFreeSpace = "20%"\n').length, 1)
  assert.deepEqual(ofImage('v0.21.0', policies), [])
})

test("a Buildkit's own limit is judged with its template's configuration", () => {
  const own = 'kind: Buildkit\nspec:\n  resources:\n    limits:\n      ephemeral-storage: 50Gi\n'
  assert.match(
    said(`${template('[worker.oci]\n  maxUsedSpace = "60GB"\n')}---\n${own}`).join('\n'),
    /^BK209 2:3 .* 50Gi .* 60 GiB;/,
  )
})

test('ten thousand policies are judged in no time', () => {
  const policies = '[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "60GB"\n'.repeat(10_000)
  const results = resultsOf(template(policies))
  assert.equal(results.filter(({ tags }) => tags?.rule === 'BK206').length, 999)
  assert.equal(results.at(-1)?.message, 'and 9000 more like these; fix these first')
})
