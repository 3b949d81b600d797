import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf, rulesBrokenBy } from '../rules-broken.ts'

const template = (spec: string) => `kind: BuildkitTemplate\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}`

/** What is said of a template, with the value that would be right where there is one. */
const said = (spec: string) =>
  resultsOf(template(spec)).flatMap(({ tags, severity, message, field }) => {
    return tags?.rule?.startsWith('BK3') ? [[tags.rule, severity, message, field?.proposedValue].filter(Boolean)] : []
  })

const ROOTLESS = 'with `rootless: true`'
const MAPPED_ROOT =
  'which fails with buildkitd: rootless mode requires to be executed as the mapped root in a user namespace'

test('an image of the other kind is told with its twin, or with a release where its tag is moved', () => {
  assert.deepEqual(
    ['v0.34.2', 'latest', 'v0.34.2@sha256:00', 'weekly'].flatMap((tag) =>
      said(`rootless: true\nimage: moby/buildkit:${tag}\n`),
    ),
    [
      [
        'BK301',
        'error',
        `must be a rootless image ${ROOTLESS}, got "moby/buildkit:v0.34.2", ${MAPPED_ROOT}; use "moby/buildkit:v0.34.2-rootless"`,
        'moby/buildkit:v0.34.2-rootless',
      ],
      [
        'BK301',
        'error',
        `must be a rootless image ${ROOTLESS}, got "moby/buildkit:latest", ${MAPPED_ROOT}; use "moby/buildkit:v0.34.2-rootless"`,
        'moby/buildkit:v0.34.2-rootless',
      ],
      [
        'BK301',
        'error',
        `must be a rootless image ${ROOTLESS}, got "moby/buildkit:v0.34.2@sha256:00", ${MAPPED_ROOT}; leave \`image\` out, or name one that ends in "-rootless"`,
      ],
      [
        'BK301',
        'error',
        `must be a rootless image ${ROOTLESS}, got "moby/buildkit:weekly", ${MAPPED_ROOT}; leave \`image\` out, or name one that ends in "-rootless"`,
      ],
    ],
  )
  assert.deepEqual(
    ['v0.34.2-rootless', 'master-rootless'].map((tag) => said(`image: moby/buildkit:${tag}\n`)[0]?.at(-1)),
    ['moby/buildkit:v0.34.2', 'moby/buildkit:v0.34.2'],
  )
})

test('of an image on Ubuntu there is no rootless twin but that on Alpine', () => {
  assert.equal(
    said('rootless: true\nimage: moby/buildkit:v0.34.2-ubuntu\n')[0]?.at(-1),
    'moby/buildkit:v0.34.2-rootless',
  )
  assert.equal(
    said('rootless: true\nimage: moby/buildkit:latest-ubuntu\n')[0]?.at(-1),
    'moby/buildkit:v0.34.2-rootless',
  )
})

test('a command that an older image has not is told with the release that brought it', () => {
  assert.deepEqual(said('hostUsers: false\nimage: moby/buildkit:v0.27.1\ncommand: [buildkitd-entrypoint]\n'), [
    [
      'BK305',
      'error',
      'must not use "buildkitd-entrypoint" before v0.28, got ["buildkitd-entrypoint"], which fails with exec: "buildkitd-entrypoint": executable file not found in $PATH; remove it',
    ],
  ])
})

test('stargz without FUSE is no failure, but lazy no more', () => {
  assert.deepEqual(said('rootless: true\nbuildkitdToml: |\n  [worker.oci]\n    snapshotter = "stargz"\n'), [
    [
      'BK314',
      'warning',
      '`snapshotter` must be one that works without FUSE, got "stargz"; images are pulled whole, as with overlayfs; remove it, and BuildKit uses overlayfs if it can',
    ],
  ])
})

test('before Kubernetes 1.30 an annotation does what the field does later', () => {
  const kubernetesVersion = { major: 1, minor: 29 }
  const rules = (podAnnotations: string) =>
    rulesBrokenBy(template(`rootless: true\n${podAnnotations}`), { kubernetesVersion })
  assert.deepEqual(rules(''), ['BK316'])
  assert.deepEqual(
    rules('podAnnotations:\n  container.apparmor.security.beta.kubernetes.io/buildkit: unconfined\n'),
    [],
  )
})

test('settings for CNI in a rootless builder are to be removed', () => {
  assert.deepEqual(
    said('rootless: true\nbuildkitdToml: |\n  [worker.oci]\n    cniPoolSize = 16\n    bridgeName = "b"\n'),
    [
      [
        'BK311',
        'warning',
        "`cniPoolSize` has no effect, because rootless build steps share the Pod's network; remove it",
      ],
      [
        'BK311',
        'warning',
        "`bridgeName` has no effect, because rootless build steps share the Pod's network; remove it",
      ],
    ],
  )
})

test('the pool of the proxy network is no setting for CNI alone', () => {
  const toml = 'buildkitdToml: |\n  proxyNetwork = true\n  [worker.oci]\n    cniPoolSize = 16\n'
  const pool = (spec: string) => said(spec).map(([rule, , message]) => `${rule} ${message}`)
  assert.deepEqual(said(toml), [])
  assert.deepEqual(pool(toml.replace('true', 'false')), [
    'BK311 `cniPoolSize` has no effect except for builds with `--proxy-network`, because other build steps share the Pod\'s network; remove it, or set `networkMode = "bridge"`',
  ])
  assert.deepEqual(pool(`image: moby/buildkit:v0.30.0\n${toml}`), [
    'BK311 `cniPoolSize` has no effect, because build steps share the Pod\'s network; remove it, or set `networkMode = "bridge"`',
  ])
})

test('a rootless builder has no proxy network, but in releases that ignore the key', () => {
  const proxied = (image: string) => said(`rootless: true\n${image}buildkitdToml: |\n  proxyNetwork = true\n`)
  assert.deepEqual(proxied(''), [
    [
      'BK318',
      'error',
      '`proxyNetwork` must be left out with `rootless: true`, got true; each RUN fails with operation not permitted; remove it, or use `hostUsers: false` instead of `rootless`',
    ],
  ])
  assert.deepEqual(proxied('image: moby/buildkit:v0.30.0-rootless\n'), [])
})

test('a command that only looks like buildkitd is not judged', () => {
  assert.deepEqual(said('rootless: true\ncommand: [/opt/start-buildkitd.sh]\n'), [])
})

test('values of another type are left to those who judge types', () => {
  const toml = 'worker = 1\n'
  const typed =
    '[worker.oci]\nsnapshotter = 1\nnetworkMode = []\nnoProcessSandbox = "yes"\nenabled = 0\n[grpc]\ntls = 5\n'
  for (const text of [toml, typed]) assert.deepEqual(said(`buildkitdToml: |\n${text.replace(/^/gm, '  ')}\n`), [])
})
