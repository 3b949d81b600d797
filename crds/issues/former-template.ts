import type { Path } from './field-path.ts'

/** Where the parts of a Pod template went that early manifests of buildkit-operator have, before v0.1.0 (its commit 2adcd05). */
const PLACES: Readonly<Record<string, string>> = {
  'metadata.labels': 'podLabels',
  'metadata.annotations': 'podAnnotations',
  'spec.nodeSelector': 'scheduling.nodeSelector',
  'spec.tolerations': 'scheduling.tolerations',
  'spec.affinity': 'scheduling.affinity',
  'spec.topologySpreadConstraints': 'scheduling.topologySpreadConstraints',
  'spec.priorityClassName': 'scheduling.priorityClassName',
  'spec.serviceAccountName': 'serviceAccountName',
  'spec.hostUsers': 'hostUsers',
  'spec.restartPolicy': 'lifecycle.restartPolicy',
  'spec.terminationGracePeriodSeconds': 'lifecycle.terminationGracePeriodSeconds',
  'spec.activeDeadlineSeconds': 'lifecycle.activeDeadlineSeconds',
  'spec.containers.image': 'image',
  'spec.containers.imagePullPolicy': 'imagePullPolicy',
  'spec.containers.command': 'command',
  'spec.containers.resources': 'resources.default',
  'spec.containers.args': 'buildkitdToml',
  'spec.containers.ports': 'port',
}
/** Parts that hold others, or that are made of `rootless`. */
const PARENTS = ['metadata', 'spec', 'spec.containers']
const MADE = ['spec.containers.name', 'spec.containers.securityContext', 'spec.securityContext']

/** Whether a field is the Pod template that templates once had; a Buildkit names its template there. */
export function isFormerTemplate(path: Path, value: unknown): value is object {
  return path.join('.') === 'spec.template' && typeof value === 'object' && value !== null
}

/** What is said of a template's Pod template: where each part of it is written now, and which have no field. */
export function formerTemplate(value: object): string {
  const parts = partsOf(value, '').filter((part) => !(PARENTS.includes(part) || MADE.includes(part)))
  const moves = parts.map((part) => {
    const place = placeOf(part)
    return place === undefined ? `\`${part}\` has no field` : `\`${part}\` is \`spec.${place}\``
  })
  const now = moves.length > 0 ? `; now ${moves.join(', ')}` : ''
  return `is not a field of \`spec\`; it is the Pod template of buildkit-operator before v0.1.0${now}`
}

/** What has no field of its own goes into the patch. */
function placeOf(part: string): string | undefined {
  if (Object.hasOwn(PLACES, part)) return PLACES[part]
  const [root, field, ...inside] = part.split('.')
  if (root !== 'spec') return undefined
  return field === 'containers' ? `podSpecPatch.containers[name=buildkit].${inside.join('.')}` : `podSpecPatch.${field}`
}

function partsOf(value: unknown, prefix: string): readonly string[] {
  const [first] = Array.isArray(value) ? value : [value]
  if (typeof first !== 'object' || first === null) return []
  return Object.keys(first).flatMap((key) => {
    const part = prefix === '' ? key : `${prefix}.${key}`
    return PARENTS.includes(part) ? partsOf((first as Readonly<Record<string, unknown>>)[key], part) : [part]
  })
}
