import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { item, listOf, type Ran, type Read, run } from './items.ts'
import { fileOf, podsOf } from './package.ts'
import { builder, messagesOf, namesOf, ofKind, podNamesIn, REPLICA, small, specIn, three } from './replicated.ts'

const pathsOf = (pod: Read) =>
  (pod.spec.volumes as readonly { readonly hostPath?: { readonly path: string } }[]).map(
    ({ hostPath }) => hostPath?.path,
  )
/** What was rendered, to be rendered again with another text. */
const again = (ran: Ran, from: string | RegExp, to: string) => run(ran.text.replace(from, to))

test('a Buildkit with replicas has as many Pods, which it names in their order', () => {
  const pods = podsOf(three.items)
  assert.deepEqual(
    pods.map(({ metadata }) => metadata.labels?.[REPLICA]),
    [undefined, '1', '2'],
  )
  assert.deepEqual(specIn(three), {
    template: 'small',
    replicas: 3,
    podName: 'a-lhpkr7mzlc',
    podNames: namesOf(pods),
  })
  assert.equal(new Set(namesOf(pods)).size, 3)
  assert.deepEqual(
    pods.map((pod) => fileOf(pod)[0]),
    ['ci/pod_a.yaml', 'ci/pod_a.yaml', 'ci/pod_a.yaml'],
  )
})

test('the first replica is to the byte the Pod of a Buildkit without replicas', () => {
  const textOf = (ran: Ran) => ran.text.slice(ran.text.indexOf('kind: Pod\n')).split('- apiVersion')[0]
  const inItsPlace = (text = '') => text.replaceAll(/\/index: "\d+"/g, '')
  const alone = run(listOf([small(), builder()]))
  assert.equal(inItsPlace(textOf(three)), inItsPlace(textOf(alone)))
  assert.equal(run(listOf([small(), builder({ replicas: 1 })])).items.length, alone.items.length)
})

test('all names change with the content, and none with the number of replicas', () => {
  const before = podNamesIn(three)
  assert.deepEqual(podNamesIn(run(listOf([small(), builder({ replicas: 2 })]))), before.slice(0, 2))
  const rolled = podNamesIn(run(listOf([small({ port: 1 }), builder({ replicas: 3 })])))
  assert.deepEqual(
    rolled.filter((name) => before.includes(name)),
    [],
  )
})

test('rendering replicas twice changes nothing', () => {
  assert.equal(run(three.text).text, three.text)
})

test('a Pod takes the place of the former one of its index', () => {
  const rolled = again(three, 'spec: {}', 'spec: {port: 4321}')
  const replicasIn = (ran: Ran) =>
    ran.items.map(({ kind, metadata }) => [kind, metadata.labels?.[REPLICA], ...fileOf({ kind, metadata, spec: {} })])
  assert.deepEqual(replicasIn(rolled), replicasIn(three))
  assert.equal(run(rolled.text).text, rolled.text)
})

test('more replicas join the first in its file, and the first stays as it is', () => {
  const one = run(listOf([small(), builder()]))
  const moved = one.text.replaceAll('ci/pod_a.yaml', 'elsewhere/pods.yaml')
  const grown = run(moved.replace('template: small\n', 'template: small\n    replicas: 3\n'))
  assert.deepEqual(
    [...ofKind(grown, 'PodDisruptionBudget'), ...podsOf(grown.items)].map((object) => [object.kind, ...fileOf(object)]),
    [
      ['PodDisruptionBudget', 'elsewhere/pods.yaml', '1'],
      ['Pod', 'elsewhere/pods.yaml', '2'],
      ['Pod', 'elsewhere/pods.yaml', '3'],
      ['Pod', 'elsewhere/pods.yaml', '0'],
    ],
  )
  assert.ok(grown.text.includes(moved.slice(moved.lastIndexOf('- apiVersion: v1\n  kind: Pod'))))
})

suite('fewer replicas', () => {
  const claims = run(listOf([small({ cache: { claim: { size: '1Gi' } } }), builder({ replicas: 3 })]))

  test('take their Pods and claims with them, and say that a cache goes', () => {
    const two = again(claims, 'replicas: 3', 'replicas: 2')
    assert.deepEqual(podNamesIn(two), podNamesIn(claims).slice(0, 2))
    assert.deepEqual(
      namesOf(ofKind(two, 'PersistentVolumeClaim')),
      namesOf(ofKind(claims, 'PersistentVolumeClaim')).slice(0, 2),
    )
    assert.deepEqual(ofKind(two, 'PodDisruptionBudget')[0]?.spec.minAvailable, 1)
    assert.deepEqual(messagesOf(two), [
      'removed: no Buildkit uses this PersistentVolumeClaim any more; once its Pod has ended, it is deleted with its cache of 1Gi',
      'removed: no Buildkit uses this Pod any more',
    ])
  })

  test('leave a Buildkit with one Pod as it was without any', () => {
    const one = again(claims, '    replicas: 3\n', '')
    assert.deepEqual(specIn(one), { template: 'small', podName: podNamesIn(claims)[0] })
    assert.deepEqual(
      one.items.map(({ kind }) => kind),
      ['BuildkitTemplate', 'Buildkit', 'PersistentVolumeClaim', 'Pod'],
    )
  })
})

test('each replica mounts a claim of its own, and nothing but its Pod does', () => {
  const ran = run(listOf([small({ cache: { claim: { size: '1Gi' } } }), builder({ replicas: 3 })]))
  const mounted = podsOf(ran.items).map(({ spec }) => spec.volumes)
  const claims = ofKind(ran, 'PersistentVolumeClaim')
  assert.deepEqual(
    mounted,
    namesOf(claims).map((claimName) => [{ name: 'buildkitd', persistentVolumeClaim: { claimName } }]),
  )
  assert.deepEqual(
    claims.map(({ metadata }) => metadata.labels?.[REPLICA]),
    [undefined, '1', '2'],
  )
  assert.equal(new Set(namesOf(claims)).size, 3)
})

test('each replica has a folder of a node of its own, which no other Buildkit can have', () => {
  const ran = run(
    listOf([small({ cache: { hostPath: { path: '/mnt' } } }), builder({ replicas: 3 }), builder({}, 'a-1')]),
  )
  assert.deepEqual(podsOf(ran.items).flatMap(pathsOf), ['/mnt/ci/a', '/mnt/ci/a_1', '/mnt/ci/a_2', '/mnt/ci/a-1'])
})

test('a long name is cut for every replica, and two that are cut alike share none', () => {
  const [first, second] = ['x', 'y'].map((end) => `${'n'.repeat(62)}${end}`) as [string, string]
  const ran = run(listOf([small(), builder({ replicas: 3 }, first), builder({ replicas: 3 }, second)]))
  const names = podNamesIn(ran)
  assert.deepEqual([new Set(names).size, new Set(names.map((name) => name.length))], [6, new Set([63])])
})

const withoutPlace = (annotations: Read['metadata']['annotations']) =>
  Object.fromEntries(Object.entries(annotations).filter(([key]) => !/config\.kubernetes\.io\//.test(key)))

suite('a PodDisruptionBudget', () => {
  test('lets one of several Pods go at a time, also one that is not ready', () => {
    assert.deepEqual(
      ofKind(three, 'PodDisruptionBudget').map(({ metadata: { annotations, ...metadata }, ...rest }) => ({
        ...rest,
        metadata: { ...metadata, annotations: withoutPlace(annotations) },
      })),
      [
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: {
            name: 'a',
            namespace: 'ci',
            labels: {
              'buildkit.seatgeek.io/buildkit': 'a',
              'app.kubernetes.io/name': 'buildkit',
              'buildkit.seatgeek.io/template': 'small',
              'buildkit.seatgeek.io/managed-by': 'render-buildkit',
            },
            annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
          },
          spec: {
            minAvailable: 2,
            selector: { matchLabels: { 'buildkit.seatgeek.io/buildkit': 'a' } },
            unhealthyPodEvictionPolicy: 'AlwaysAllow',
          },
        },
      ],
    )
  })

  test('of somebody else keeps its name', () => {
    const other = item({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'a', namespace: 'ci' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'a' } } },
    })
    assert.deepEqual(messagesOf(run(listOf([small(), builder({ replicas: 2 }), other]))), [
      'must not create PodDisruptionBudget "a", which the input already declares; rename one of them',
    ])
    assert.equal(run(listOf([small(), builder(), other])).exitCode, 0)
  })

  test('that somebody has changed is right again, with a warning; one whose Buildkit has grown is no change by hand', () => {
    const changed = again(three, 'minAvailable: 2', 'minAvailable: 2\n    maxUnavailable: 1')
    assert.deepEqual(messagesOf(changed), ['was changed by hand or by a later function; rendering overwrites it'])
    assert.deepEqual(messagesOf(again(three, 'replicas: 3', 'replicas: 4')), [])
  })
})
