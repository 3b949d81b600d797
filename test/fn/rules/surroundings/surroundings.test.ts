import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildkit, limited, metadata, quota, range, saidOf, template, v1 } from './surroundings.ts'

const OURS = { 'buildkit.seatgeek.io/buildkit': 'shop' }
const service = (spec: object) => v1('Service', { selector: OURS, ...spec })

const PORTS: readonly (readonly [what: string, ports: readonly object[], isOpen: boolean])[] = [
  ['the port of builders', [{ port: 8372 }], true],
  ['another port that leads to it', [{ port: 80, targetPort: 8372 }], true],
  ['its name', [{ port: 80, targetPort: 'tcp' }], true],
  ['its metrics', [{ port: 6060 }], true],
  ['one that is open, and one that is not', [{ port: 8372 }, { port: 9 }], true],
  ['another port', [{ port: 1234 }], false],
  ['another name', [{ port: 8372, targetPort: 'grpc' }], false],
  ['another protocol', [{ port: 8372, protocol: 'UDP' }], false],
]
for (const [what, ports, isOpen] of PORTS)
  test(`a Service leads to ${what}`, () => {
    const toml = '[grpc]\ndebugAddress = "127.0.0.1:6060"\n'
    const said = saidOf(template({ port: 8372, buildkitdToml: toml }), buildkit('shop'), service({ ports }))
    const ids = said.map((one) => one.slice(0, 5))
    assert.deepEqual(ids, isOpen ? [] : ['BK701'])
  })

test('a Service on a closed port is told the ports of those that it selects', () => {
  assert.deepEqual(saidOf(template({ port: 8372 }), buildkit('shop'), service({ ports: [{ port: 1234 }] })), [
    'BK701 Service spec.ports must have a `targetPort` of "tcp" or 8372 for Buildkit "shop", got 1234, on which nothing listens',
  ])
})

test('of a Service without a selector, an address or ports nothing is said', () => {
  const closed = { ports: [{ port: 1 }] }
  for (const spec of [
    { ...closed, clusterIP: 'None' },
    { ...closed, selector: {} },
    { ...closed, type: 'ExternalName' },
    {},
  ])
    assert.deepEqual(saidOf(template(), buildkit('shop'), service(spec)), [])
})

test('a Service may select one replica of a builder, which must be there', () => {
  const said = (replica: string) => {
    const selector = { ...OURS, 'buildkit.seatgeek.io/replica': replica }
    return saidOf(template(), buildkit('shop', { replicas: 2 }), service({ selector, ports: [{ port: 1234 }] }))
  }
  assert.deepEqual(said('1'), [])
  assert.deepEqual(
    said('2').map((one) => one.slice(0, 5)),
    ['BK702'],
  )
})

test('a Service that means builders and selects none is told which it may mean', () => {
  const said = (selector: object, namespace?: string) =>
    saidOf(template(), buildkit('shop'), v1('Service', { selector, ports: [{ port: 1234 }] }, namespace))
  const message = 'BK702 Service spec.selector must select a builder, but no Pod in namespace'
  assert.deepEqual(said({ 'buildkit.seatgeek.io/buildkit': 'shopp' }), [
    `${message} "ci" has these labels; did you mean "shop"?`,
  ])
  assert.deepEqual(said({ app: 'buildkitd' }), [
    `${message} "ci" has these labels; select them by "buildkit.seatgeek.io/buildkit"`,
  ])
  assert.deepEqual(said(OURS, 'elsewhere'), [`${message} "elsewhere" has these labels`])
  assert.deepEqual(said({ app: 'shop' }), [])
  assert.deepEqual(said({ app: 'buildkit' }, 'elsewhere'), [])
  assert.deepEqual(said({ app: 'buildkit-controller' }), [])
})

test('a LimitRange refuses what is above its most or below its least', () => {
  const big = limited({ memory: '16Gi', cpu: 4 }, { cpu: '100m' })
  const rejects = '; the API server rejects the Pods of Buildkits "a" and 1 more'
  const limit = { max: { memory: '8Gi' }, min: { cpu: '500m' }, maxLimitRequestRatio: { cpu: 10 } }
  assert.deepEqual(saidOf(big, buildkit('a'), buildkit('b'), range(limit)), [
    `BK703 LimitRange spec.limits[0].max.memory must be at least the limit of 16Gi, got "8Gi"${rejects}`,
    `BK703 LimitRange spec.limits[0].min.cpu must be at most the request of 100m, got "500m"${rejects}`,
    `BK703 LimitRange spec.limits[0].maxLimitRequestRatio.cpu must be at least the ratio of limit to request, got "10"${rejects}`,
  ])
  assert.deepEqual(saidOf(big, buildkit('a'), range({ max: { memory: '16Gi' }, min: { cpu: '100m' } })), [])
  assert.deepEqual(saidOf(limited({ memory: '8Gi' }), buildkit('a'), range({ max: { memory: '4Gi' } })).length, 1)
})

test('a limit that a LimitRange adds may be below what a builder asks for', () => {
  const asking = limited({}, { memory: '8Gi' })
  assert.deepEqual(saidOf(asking, buildkit('a'), range({ default: { memory: '4Gi' } })), [
    'BK703 LimitRange spec.limits[0].default.memory must be at least the request of 8Gi, got "4Gi"; the API server rejects the Pod of Buildkit "a"',
  ])
})

test('a whole Pod needs the limits that are limited', () => {
  const pod = v1('LimitRange', { limits: [{ type: 'Pod', max: { cpu: 8 } }] })
  assert.deepEqual(saidOf(template(), buildkit('a'), pod), [
    'BK703 LimitRange spec.limits[0].max.cpu must be left out if a Pod has no limit, got "8"; the API server rejects the Pod of Buildkit "a"',
  ])
  assert.deepEqual(saidOf(limited({ cpu: 8 }), buildkit('a'), pod), [])
})

test('a limit that nobody wrote may be too small for builders', () => {
  const small = { default: { memory: '512Mi', 'ephemeral-storage': '1Gi' } }
  const enough = (name: string, got: string) =>
    `BK704 LimitRange spec.limits[0] must be enough for Buildkit "a", which sets no limit for \`${name}\`, got "${got}"; set \`resources.default.limits.${name}\` in the template`
  assert.deepEqual(saidOf(template(), buildkit('a'), range(small)), [
    enough('memory', '512Mi'),
    enough('ephemeral-storage', '1Gi'),
  ])
  assert.deepEqual(saidOf(template(), buildkit('a'), range({ max: { memory: '8Gi', 'ephemeral-storage': '1Ti' } })), [])
  const bounded = template({ buildkitdToml: '[worker.oci]\nmaxUsedSpace = "5GB"\n' })
  assert.deepEqual(saidOf(bounded, buildkit('a'), range({ default: { 'ephemeral-storage': '10Gi' } })), [])
})

test('a quota must have room for the Pods that a change of a template makes', () => {
  const builders = [buildkit('a'), buildkit('b')]
  const pods = (hard: object, more?: object) => saidOf(limited({ memory: '8Gi' }), ...builders, quota(hard, more))
  assert.deepEqual(pods({ pods: 3 }), [
    'BK705 ResourceQuota spec.hard.pods must be at least 4 for the builders here, got "3"; a change of template "example" creates a second Pod for each of its builders',
  ])
  assert.deepEqual(pods({ 'limits.memory': '8Gi' }), [
    'BK705 ResourceQuota spec.hard[limits.memory] must be at least 32Gi for the builders here, got "8Gi"; they always need 16Gi',
  ])
  assert.equal(pods({ memory: '31Gi' }).length, 1)
  assert.deepEqual(pods({ pods: 4, memory: '32Gi', 'count/pods': '4' }), [])
  assert.deepEqual(pods({ pods: 1 }, { scopes: ['BestEffort'] }), [])
})

test('a quota must have room for all replicas', () => {
  const pods = (hard: number) => saidOf(template(), buildkit('a', { replicas: 3 }), quota({ pods: hard }))
  assert.deepEqual(pods(5), [
    'BK705 ResourceQuota spec.hard.pods must be at least 6 for the builders here, got "5"; a change of template "example" creates a second Pod for each of its builders',
  ])
  assert.deepEqual(pods(6), [])
})

test('a quota must have room also for a Pod that waits for its old Pod, because both exist', () => {
  const inTurn = template({ cache: { hostPath: { path: '/var/cache' } } })
  const said = saidOf(inTurn, buildkit('a'), quota({ pods: 1 })).filter((one) => one.startsWith('BK705'))
  assert.deepEqual(said, [
    'BK705 ResourceQuota spec.hard.pods must be at least 2 for the builders here, got "1"; a change of template "example" creates a second Pod for each of its builders',
  ])
})

test('a quota for cpu or memory wants every container to say how much', () => {
  const limits = quota({ 'limits.cpu': 100 })
  assert.deepEqual(saidOf(template(), buildkit('a'), limits), [
    'BK706 ResourceQuota spec.hard[limits.cpu] requires every Pod to set it; Buildkit "a" does not, so the API server rejects its Pod; set `resources.default.limits.cpu` in the template',
  ])
  assert.deepEqual(saidOf(template(), buildkit('a'), limits, range({ default: { cpu: 4 } })), [])
  assert.deepEqual(saidOf(template(), buildkit('a'), quota({ 'limits.ephemeral-storage': '1Ti' })), [])
})

test('Prometheus finds metrics only where buildkitd serves them', () => {
  const said = (port: string | undefined, address?: string) => {
    const podAnnotations = { 'prometheus.io/scrape': 'true', ...(port && { 'prometheus.io/port': port }) }
    const buildkitdToml = address && `[grpc]\ndebugAddress = "${address}"\n`
    return saidOf(template({ podAnnotations, buildkitdToml }), buildkit('a')).filter((one) => one.startsWith('BK7'))
  }
  const field = 'BK707 BuildkitTemplate spec.podAnnotations'
  assert.deepEqual(said('6060'), [
    `${field}[prometheus.io/port] must be a port that buildkitd opens with \`spec.observability.metrics\`, got "6060", where nothing serves metrics`,
  ])
  assert.deepEqual(said('6060', '127.0.0.1:6060').length, 1)
  assert.deepEqual(said('1234', ':6060'), [
    `${field}[prometheus.io/port] must be the port 6060 of \`grpc.debugAddress\`, got "1234", where nothing serves metrics`,
  ])
  assert.deepEqual(said(undefined, ':6060'), [
    `${field}[prometheus.io/scrape] must be set together with "prometheus.io/port", the port 6060 of \`grpc.debugAddress\`, got none, where nothing serves metrics`,
  ])
  assert.deepEqual(said('6060', ':6060'), [])
})

test('of objects that the API server would refuse, and of other namespaces, nothing is said', () => {
  for (const spec of [
    undefined,
    null,
    'text',
    [],
    { hard: [], limits: 'none', selector: 'x', ports: {} },
    { limits: [null], ports: [1] },
  ])
    for (const kind of ['Service', 'LimitRange', 'ResourceQuota'])
      assert.deepEqual(saidOf(template(), buildkit('a'), v1(kind, spec)), [], `${kind} ${JSON.stringify(spec)}`)
  assert.deepEqual(saidOf(template(), buildkit('a'), { ...quota({ pods: 0 }), metadata: metadata('q', 'other') }), [])
})

test('2,000 Services of 2,000 builders are found by their names', () => {
  const names = Array.from({ length: 2000 }, (_, at) => `b${at}`)
  const services = names.map((name) => ({
    ...service({ selector: { 'buildkit.seatgeek.io/buildkit': name }, ports: [{ port: 1234 }] }),
    metadata: metadata(name),
  }))
  assert.deepEqual(saidOf(template(), ...names.map((name) => buildkit(name)), ...services), [])
})
