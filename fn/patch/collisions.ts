import { PORT_NAME } from '../../crds/names.ts'
import type { Mapping } from './merge.ts'
import type { Touch } from './reading.ts'
import { builderIn, listIn, VOLUMES } from './refusals.ts'

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
  const isOurs = listIn(builderIn(own), 'ports').some(({ containerPort }) => String(containerPort) === port)
  return isOurs ? `must be another port: clients connect to the builder at ${port}` : undefined
}

function portNameReason(_: string, name: unknown): string | undefined {
  return name === PORT_NAME ? 'must be another name: it is that of the port of the builder' : undefined
}

function pathReason(path: string, _: unknown, own: Mapping): string | undefined {
  const normalized = path.replace(/\/+/g, '/').replace(/\/$/, '')
  const isOurs = listIn(builderIn(own), 'volumeMounts').some(
    ({ mountPath }) => mountPath === normalized && normalized !== path,
  )
  return isOurs ? 'must be another path: the builder has its state or its configuration there' : undefined
}

function volumeReason(_: string, name: unknown): string | undefined {
  return VOLUMES.includes(String(name)) ? 'must be another volume: the builder mounts this one itself' : undefined
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
