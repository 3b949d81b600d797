import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parse, stringify } from 'yaml'
import { fileAt, item, listOf, type Ran, type Read, run, template } from './items.ts'
import { builder } from './package.ts'
import { piped } from './piped.ts'

/** What tools write on objects in Git and on their way there. */
const OF_TOOLS = {
  labels: {
    'app.kubernetes.io/managed-by': 'kustomize',
    'app.kubernetes.io/instance': 'builders',
    'kustomize.toolkit.fluxcd.io/name': 'builders',
    'applyset.kubernetes.io/part-of': 'applyset-x-v1',
    team: 'platform',
  },
  annotations: {
    'argocd.argoproj.io/tracking-id': 'builders:/Object:ci/a',
    'config.k8s.io/owning-inventory': 'x',
    'config.kubernetes.io/depends-on': 'v1/namespaces/ci/ConfigMap/x',
    'config.kubernetes.io/origin': 'path: base/x.yaml\n',
    'kustomize.toolkit.fluxcd.io/checksum': 'x',
    'internal.config.kubernetes.io/annotations-migration-resource-id': '3',
    'internal.config.kubernetes.io/seqindent': 'compact',
    'internal.kpt.dev/upstream-identifier': '|Object|ci|a',
    owner: 'platform',
  },
} as const
type Field = keyof typeof OF_TOOLS

const templates = (claim: object, service: object, certificate: object) =>
  template(
    'small',
    {
      cache: { claim },
      service,
      tls: { secretName: 'small-tls', certificate: { issuerRef: { name: 'ca' }, ...certificate } },
    },
    { namespace: 'ci', annotations: fileAt('ci/templates.yaml') },
  )
const before = templates({ size: '10Gi' }, { annotations: { 'example.com/a': '1' } }, { duration: '720h' })
const after = templates({ size: '20Gi' }, { type: 'NodePort' }, { duration: '1440h' })
const first = run(listOf([before, builder('a')]))
const KINDS = ['PersistentVolumeClaim', 'Service', 'Certificate'] as const

/** The objects of a run with `added` on one of them, and the template as it is `now`. */
function edited({ items }: Ran, edit: (object: Read) => void, now: string): readonly string[] {
  return items.map((one) => {
    const object = structuredClone(one)
    edit(object)
    return one.kind === 'BuildkitTemplate' ? now : item(object)
  })
}

function adds(kind: string, field: Field, added: Readonly<Record<string, string>>) {
  return (object: Read) => {
    if (object.kind === kind) Object.assign(object.metadata, { [field]: { ...object.metadata[field], ...added } })
  }
}

/** Of an object's labels or annotations those that it has in one run and not in another. */
const only = (field: Field, kind: string, [one, other]: readonly Ran[]) => {
  const of = ({ items = [] }: Partial<Ran> = {}) => items.find((object) => object.kind === kind)?.metadata[field] ?? {}
  return Object.fromEntries(Object.entries(of(one)).filter(([key]) => !(key in of(other))))
}

const changed = run(listOf(edited(first, () => undefined, after)))

for (const kind of KINDS)
  suite(`a ${kind} that changes keeps`, () => {
    for (const field of ['labels', 'annotations'] as const)
      for (const [key, value] of Object.entries(OF_TOOLS[field])) {
        test(`the ${field.slice(0, -1)} ${key} of others`, () => {
          const both = run(listOf(edited(first, adds(kind, field, { [key]: value }), after)))
          assert.deepEqual(only(field, kind, [both, changed]), { [key]: value })
          const specOf = ({ items }: Ran) => items.find((object) => object.kind === kind)?.spec
          assert.deepEqual(specOf(both), specOf(changed))
          assert.notDeepEqual(specOf(both), specOf(first))
        })
      }
  })

test('a stream keeps them too, but for those of orchestrators', async () => {
  const objects = edited(first, adds('Service', 'annotations', OF_TOOLS.annotations), after)
  const stream = objects.map((text) => stringify(parse(text)[0])).join('---\n')
  const built = await piped(['build', '-'], stream)
  const service = built.text
    .split('---\n')
    .map((one) => parse(one))
    .find(({ kind }) => kind === 'Service')
  const kept = Object.entries(OF_TOOLS.annotations).filter(([key]) => !key.startsWith('internal.config.'))
  assert.deepEqual(service.metadata.annotations, Object.fromEntries(kept))
})

test('an annotation that has left the template is nobody else’s', () => {
  assert.deepEqual(only('annotations', 'Service', [first, changed]), {
    'buildkit.seatgeek.io/service-annotations': 'example.com/a',
    'example.com/a': '1',
  })
})

test('a Pod that is written again under its name keeps what others gave it, and the next Pod does not', () => {
  const inPod = (object: Read) => {
    adds('Pod', 'labels', OF_TOOLS.labels)(object)
    if (object.kind === 'Pod') Object.assign(object.spec, { hostname: 'edited' })
  }
  const mended = run(listOf(edited(first, inPod, before)))
  assert.deepEqual(only('labels', 'Pod', [mended, first]), OF_TOOLS.labels)
  const next = template('small', { port: 4321 }, { namespace: 'ci', annotations: fileAt('ci/templates.yaml') })
  const rolled = run(listOf(edited(mended, () => undefined, next)))
  assert.deepEqual(only('labels', 'Pod', [rolled, first]), {})
})
