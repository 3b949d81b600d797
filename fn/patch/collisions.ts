import { METRICS_PORT_NAME, PORT_NAME, STATE_VOLUME, TLS_VOLUME } from '../../crds/names.ts'
import { isMapping } from '../input/item.ts'
import { FOLDERS } from '../upstream/buildkit/folders.ts'
import { objectsIn } from '../upstream/kubernetes/pod-mistake.ts'
import type { Mapping } from './merge.ts'
import type { Touch } from './reading.ts'
import { builderIn, volumesOf } from './refusals.ts'

/** Folders without whose files nothing starts. */
const SYSTEM = [
  '/',
  ...['usr', 'usr/bin', 'bin', 'sbin', 'lib', 'etc', 'proc', 'sys', 'dev', 'run'].map((name) => `/${name}/`),
]

type Reason = (found: string, value: unknown, own: Mapping) => string | undefined

/** What new parts of a Pod can get in the way of, by the location of such a part, whose group is found. */
const COLLISIONS: readonly (readonly [RegExp, Reason])[] = [
  [
    /^(?!containers\[name=buildkit\])(?:initC|c)ontainers\[.*\]\.ports\[containerPort=(\d+)\]\.containerPort$/,
    portReason,
  ],
  [/^(?:initC|c)ontainers\[.*\]\.(ports)\[.*\]\.name$/, portNameReason],
  [/^containers\[name=buildkit\]\.volumeMounts\[mountPath=(.*)\]\.mountPath$/, pathReason],
  [/^containers\[name=buildkit\]\.(volumeMounts)\[.*\]\.name$/, volumeReason],
  [/^containers\[name=buildkit\]\.(resources)$/, resourcesReason],
  [/^(initContainers)\[name=buildkit\]\.name$/, containerReason],
  [/^securityContext\.(runAsUser|runAsGroup|runAsNonRoot)$/, userReason],
]

/** Why something new would get in the way of what a builder has; undefined if it does not. */
export function collision({ location, value }: Touch, own: Mapping): string | undefined {
  for (const [pattern, reason] of COLLISIONS) {
    const [, found] = pattern.exec(location) ?? []
    const said = found === undefined ? undefined : reason(found, value, own)
    if (said !== undefined) return said
  }
  return undefined
}

/** The containers of a Pod share its ports. */
function portReason(port: string, _: unknown, own: Mapping): string | undefined {
  const ours = objectsIn(builderIn(own), 'ports').find(({ containerPort }) => String(containerPort) === port)
  if (!ours) return undefined
  if (ours.name === METRICS_PORT_NAME) return `must be another port: the builder serves its metrics at ${port}`
  return `must be another port: clients connect to the builder at ${port}`
}

/** "metrics" is a name that sidecars have, too, where the builder has no such port. */
function portNameReason(_: string, name: unknown, own: Mapping): string | undefined {
  if (name === PORT_NAME) return 'must be another name: it is that of the port of the builder'
  const isTaken = name === METRICS_PORT_NAME && objectsIn(builderIn(own), 'ports').some((port) => port.name === name)
  return isTaken ? 'must be another name: it is that of the port with the metrics of the builder' : undefined
}

function pathReason(path: string, _: unknown, own: Mapping): string | undefined {
  const folder = folderOf(path)
  const mounts = objectsIn(builderIn(own), 'volumeMounts')
  // A path that is written as the builder's own is refused by name.
  if (mounts.some(({ mountPath }) => mountPath === path)) return undefined
  const state = String(mounts.find(({ name }) => name === STATE_VOLUME)?.mountPath)
  if (folder.startsWith(`${state}/`)) return 'must be another path: BuildKit keeps its state there'
  const configuration = Object.values(FOLDERS).find((one) => one.state === state)?.configuration
  if (folder === `${configuration}/` || folder === `${configuration}/buildkitd.toml/`)
    return 'must be another path: set `spec.buildkitdToml`, which is mounted there'
  const certificates = mounts.find(({ name }) => name === TLS_VOLUME)?.mountPath
  if (certificates !== undefined && folder.startsWith(`${certificates}/`))
    return 'must be another path: `spec.tls` mounts the certificate there, read-only'
  return SYSTEM.includes(folder)
    ? 'must be a folder in it: buildkitd needs what the image and the node have there'
    : undefined
}

/** A path as a folder that other paths begin with: `/usr//bin/../lib` is `/usr/lib/`. */
function folderOf(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return `/${parts.map((part) => `${part}/`).join('')}`
}

/** `resources.claims` has no field; those that have are not lost. */
function resourcesReason(_: string, value: unknown): string | undefined {
  if (isMapping(value)) return undefined
  return 'must leave `requests` and `limits` as they are; only `claims` are set here'
}

function volumeReason(_: string, name: unknown, own: Mapping): string | undefined {
  return volumesOf(own).includes(String(name))
    ? 'must be another volume: the builder mounts this one itself'
    : undefined
}

function containerReason(): string {
  return 'must be another name: it is that of the container of the builder'
}

/** A rootless builder says itself who it is. */
function userReason(field: string, _: unknown, own: Mapping): string | undefined {
  const { securityContext = {} } = builderIn(own)
  if (Object.hasOwn(securityContext as Mapping, field)) return undefined
  return `would apply to the container \`buildkit\`, too: set it in the containers that need it`
}
