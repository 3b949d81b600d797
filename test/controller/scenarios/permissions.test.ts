import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEvent } from '../../harness/servers/audit-log.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'

const ARGS = [
  '--handover-grace=2s',
  '--deletion-quarantine=1s',
  '--leader-elect',
  '--lease-namespace=buildkit-controller',
]

test('a controller that may do what config/controller allows does all its work, and tries nothing else', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async () => {
  const stage = await startStage(ARGS, { user: 'controller', audit: true })
  try {
    await workOfADay(stage)
    const events = await stage.cluster.auditEvents()
    const ours = events.filter(({ userAgent }) => userAgent?.startsWith('buildkit-controller/'))
    assert.deepEqual(
      ours.filter(({ responseStatus }) => responseStatus?.code === 403),
      [],
    )
    assert.deepEqual(verbsOf(ours), VERBS)
    assertDeletions(ours)
  } finally {
    await stage.stop()
  }
})

const VERBS = [
  'create events',
  'create leases',
  'delete pods',
  'get buildkits',
  'get leases',
  'list buildkits',
  'list pods',
  'patch buildkits/status',
  'update leases',
  'watch buildkits',
  'watch pods',
]

/** A builder comes up, is rolled, and is deleted. */
async function workOfADay({ createPackage }: Stage): Promise<void> {
  const [first, second] = [podName('b', 1), podName('b', 2)]
  const pkg = await createPackage()
  await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
  await nextSecond()
  await bringUp(pkg, { buildkit: 'b', pod: second, ip: '10.0.0.2' })
  await eventually(pkg.pods, [`(${first})`, second].sort())
  await pkg.finishPod(first)
  await pkg.deleteBuildkit('b')
  await eventually(pkg.pods, [`(${second})`], 60)
}

function verbsOf(events: readonly AuditEvent[]): readonly string[] {
  const verbs = events.map(({ verb, objectRef: { resource, subresource } = {} }) =>
    subresource ? `${verb} ${resource}/${subresource}` : `${verb} ${resource}`,
  )
  return [...new Set(verbs)].sort()
}

/** Each is for exactly one version of one Pod, and leaves it the grace period that it has. */
function assertDeletions(events: readonly AuditEvent[]): void {
  const options = events.filter(({ verb }) => verb === 'delete').map(({ requestObject }) => requestObject)
  assert.deepEqual(
    options.map(({ preconditions, ...others }) => ({ ...others, preconditions: Object.keys(preconditions).sort() })),
    Array(2).fill({
      kind: 'DeleteOptions',
      // As the audit log has it, which is written behind the conversion to the API server's own types.
      apiVersion: 'meta.k8s.io/__internal',
      propagationPolicy: 'Background',
      preconditions: ['resourceVersion', 'uid'],
    }),
  )
}
