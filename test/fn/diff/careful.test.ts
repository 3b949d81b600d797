import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diff, manifests } from './two-versions.ts'

const claim = (more: object) => ({ cache: { claim: { size: '100Gi', ...more } } })
const quota = (hard: object) =>
  `\n---\n${JSON.stringify({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'ci' }, spec: { hard } })}`
const cpu = (amount: string) => ({ resources: { default: { requests: { cpu: amount } } } })

const scenarios: Readonly<Record<string, () => Promise<void>>> = {
  'counts a folder of other nodes as lost': async () => {
    const on = (host: string) => ({
      cache: { hostPath: { path: '/var/cache' } },
      scheduling: { nodeSelector: { 'kubernetes.io/hostname': host } },
    })
    const { text, exitCode } = await diff(manifests(on('a'), ['x']), manifests(on('b'), ['x']), '--fail-on', 'loss')
    assert.match(text, /^ {2}cache: lost \(hostPath; the old folder stays on its node\), up to 93\.1 GiB$/m)
    assert.equal(exitCode, 1)
  },

  'says that a retained claim and a folder of a node outlive their builder': async () => {
    const none = manifests({}, [])
    const retained = await diff(manifests(claim({ retain: true }), ['a']), none, '--fail-on', 'loss')
    assert.match(retained.text, /^1 builder removed; its claim stays in the cluster: ci\/a$/m)
    const onNode = await diff(
      manifests({ cache: { hostPath: { path: '/var/cache' } } }, ['a']),
      none,
      '--fail-on',
      'loss',
    )
    assert.match(onNode.text, /^1 builder removed; its folder stays on its node: ci\/a$/m)
    const lost = await diff(manifests(claim({}), ['a']), none, '--fail-on', 'loss')
    assert.match(lost.text, /^1 builder removed, with its cache \(claim\), up to 93\.1 GiB: ci\/a$/m)
    assert.deepEqual([retained.exitCode, onNode.exitCode, lost.exitCode], [0, 0, 1])
  },

  'does not say that a builder is removed which it cannot render': async () => {
    const whole = manifests({}, ['a', 'b'])
    const broken = whole.replace('"spec":{}', '"spec":{"imag":"x"}')
    const { text, stderr } = await diff(whole, broken)
    assert.match(text, /^2 builders cannot be compared, because of errors\. 1 new error\.$/m)
    assert.match(text, /^2 builders that cannot be compared: ci\/a and ci\/b$/m)
    assert.match(stderr.join('\n'), /^\S*young\.yaml:1:\d+: error: .*spec\.imag/)
    const reverse = await diff(broken, whole)
    assert.match(reverse.text, /^2 builders cannot be compared, because of errors\.$/m)
    const unreadable = await diff(whole, `${manifests({}, ['b'])}\n---\nkind: [`)
    assert.match(unreadable.text, /^1 builder that cannot be compared: ci\/a$/m)
  },

  'counts both Pods where only the name in Git is another': async () => {
    const young = manifests(cpu('2'), ['a'])
    const old = young.replace('"template":"small"', '"template":"small","podName":"a-0123456789"')
    const { text } = await diff(old + quota({ 'requests.cpu': '3' }), young + quota({ 'requests.cpu': '3' }))
    assert.match(text, /^any node {2}cpu {2}2 {7}4 {7}2$/m)
    assert.match(
      text,
      /ci\/quota: requests\.cpu must be at least 4 during the roll, while both Pods of a builder count, and 2 after it, got 3$/m,
    )
  },

  'judges quotas by the change: of a StorageClass, of claims that follow each other, and not what was short before':
    async () => {
      const ephemeral = (image: string) => ({
        image,
        cache: { ephemeral: { size: '100Gi', storageClassName: 'fast' } },
      })
      const ofClass = quota({ 'fast.storageclass.storage.k8s.io/requests.storage': '150Gi' })
      const [old, young] = ['moby/buildkit:v0.33.0', 'moby/buildkit:v0.34.2'].map(
        (image) => manifests(ephemeral(image), ['a']) + ofClass,
      )
      assert.match(
        (await diff(String(old), String(young))).text,
        /requests\.storage must be at least 200Gi during the roll/,
      )
      const claims = quota({ 'requests.storage': '150Gi' })
      const renamed = await diff(
        manifests(claim({}), ['a']) + claims,
        manifests(claim({ storageClassName: 'fast' }), ['a']) + claims,
      )
      assert.match(
        renamed.text,
        /requests\.storage must be at least 200Gi during the roll, while both Pods of a builder count, and 100Gi after it/,
      )
      const short = manifests(cpu('2'), ['a']) + quota({ 'requests.cpu': '1' })
      assert.doesNotMatch((await diff(short, short)).text, /has no room/)
    },

  'shows claims that grow, and refuses those that shrink': async () => {
    const [small, large] = [manifests(claim({}), ['a', 'b']), manifests(claim({ size: '200Gi' }), ['a', 'b'])]
    const grown = await diff(small, large)
    assert.match(
      grown.text,
      /^No builder rolls\. 1 new warning\.\n\nNew findings:\n.*\n\n2 claims grow from 100Gi to 200Gi: ci\/a and ci\/b$/m,
    )
    assert.equal(grown.exitCode, 0)
    const shrunk = await diff(large, small)
    assert.match(shrunk.text, /^No builder rolls\. 2 claims cannot shrink\. 1 new error\.$/m)
    assert.match(shrunk.text, /^2 claims cannot shrink from 200Gi to 100Gi: ci\/a and ci\/b$/m)
    const [error, ...others] = shrunk.stderr
    assert.match(
      String(error),
      /young\.yaml:1:\d+: error: BuildkitTemplate ci\/small: spec\.cache\.claim\.size: must be at least 200Gi, because the claims of ci\/a and ci\/b cannot shrink, got 100Gi$/,
    )
    assert.ok(shrunk.text.includes(`New findings:\n  ${error}\n`))
    assert.deepEqual([others, shrunk.exitCode], [[], 1])
  },

  'says that a claim grows apart from why its builder rolls, and how its Pods follow each other': async () => {
    const old = manifests({ image: 'moby/buildkit:v0.33.0', ...claim({}) }, ['a'])
    const young = manifests({ image: 'moby/buildkit:v0.34.2', ...claim({ size: '200Gi' }) }, ['a'])
    const rolled = `1 builder: template small
  image: moby/buildkit:v0.33.0 → moby/buildkit:v0.34.2
  cache: kept (claim)
  handover: Recreate, no new builds until the old Pod has drained
  ci/a

1 claim grows from 100Gi to 200Gi: ci/a
`
    const { text } = await diff(old, young)
    assert.ok(text.includes(rolled), text)
    const markdown = (await diff(old, young, '--output', 'markdown')).text
    assert.match(markdown, /^Handover: Recreate, no new builds until the old Pod has drained$/m)
  },

  'shows what changes beside a Pod': async () => {
    const young = manifests(claim({ retain: true }), ['a'])
    const { text } = await diff(manifests(claim({}), ['a']), young)
    assert.equal(
      text,
      `No builder rolls. 1 builder changes and keeps its Pod.

1 builder keeps its Pod: template small
  cache.claim.retain: false → true
  ci/a

1 finding as before
`,
    )
    const markdown = (await diff(manifests(claim({}), ['a']), young, '--output', 'markdown')).text
    assert.match(markdown, /^### 1 builder keeps its Pod: template `small`$/m)
  },

  'shows a changed configuration': async () => {
    const config = (spec: object) =>
      `\n---\n${JSON.stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'RenderBuildkit', metadata: { name: 'render', annotations: { 'config.kubernetes.io/local-config': 'true' } }, spec })}`
    const package_ = manifests({}, ['a'])
    const { text } = await diff(
      package_ + config({}),
      package_ + config({ retirement: 'engine', rules: { BK401: 'none' } }),
    )
    assert.match(text, /^No builder rolls\. The configuration changes\.$/m)
    assert.match(text, /^Configuration:\n {2}retirement: controller → engine\n {2}rules\.BK401: \(not set\) → none$/m)
  },

  'does not show what a container of a patch has in its environment': async () => {
    const patch = (value: string) => ({
      podSpecPatch: { containers: [{ name: 'buildkit', env: [{ name: 'DB', value }] }] },
    })
    const { text } = await diff(manifests(patch('hunter2'), ['a']), manifests(patch('hunter3'), ['a']))
    assert.doesNotMatch(text, /hunter/)
    assert.match(text, /env\[0\]\.value: changed$/m)
  },

  'refuses layers of kustomize, which are not built': async () => {
    const layer = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\n'
    const { text, stderr, exitCode } = await diff(layer, layer)
    assert.deepEqual([text, exitCode, stderr.length], ['', 1, 2])
    assert.match(
      String(stderr[0]),
      /must be built first: kustomize build .* > FILE, of both versions, and then render-buildkit diff OLD NEW$/,
    )
  },

  'makes no link and no mention of names and currencies': async () => {
    const named = (image: string) => manifests({ image }, ['a']).replaceAll('"small"', '"www.example.com"')
    const { text } = await diff(named('moby/buildkit:v0.33.0'), named('moby/buildkit:v0.34.2'), '--output', 'markdown')
    assert.match(text, /^### 1 builder: template `www\.example\.com`$/m)
  },
}

for (const [name, scenario] of Object.entries(scenarios)) test(`diff ${name}`, scenario)
