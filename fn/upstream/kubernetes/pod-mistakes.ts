import { isDnsLabel } from './labels.ts'
import { missingFields } from './missing-fields.ts'
import { type Mapping, objectsIn, type PodMistake, type Step } from './pod-mistake.ts'

/** What only a template's fields set, and other rules judge. */
const OF_TEMPLATE = ['affinity', 'tolerations', 'topologySpreadConstraints']
const CONTAINERS = ['initContainers', 'containers']
const PORT_MAX = 65_535
const LABEL = 'at most 63 lower-case letters, digits and "-", with a letter or digit at both ends'

/** For what an API server refuses a Pod of this spec, as far as its text alone says so (validation.go of Kubernetes v1.37.2). */
export function podMistakes(podSpec: Mapping): readonly PodMistake[] {
  const judged = Object.fromEntries(Object.entries(podSpec).filter(([field]) => !OF_TEMPLATE.includes(field)))
  return [
    ...missingFields('PodSpec', judged),
    ...dnsMistakes(podSpec),
    ...objectsIn(podSpec, 'volumes').flatMap(volumeMistakes),
    ...CONTAINERS.flatMap((list) => objectsIn(podSpec, list).flatMap((one) => containerMistakes(one, list))),
    ...doubleNames(podSpec),
  ]
}

function dnsMistakes({ dnsPolicy, dnsConfig = {} }: Mapping): readonly PodMistake[] {
  if (dnsPolicy !== 'None' || objectsIn(dnsConfig as Mapping, 'nameservers').length > 0) return []
  return [
    {
      steps: ['dnsPolicy'],
      message: 'must have `dnsConfig.nameservers` beside it if it is "None"',
      currentValue: 'None',
    },
  ]
}

/** One without a source is an emptyDir. */
function volumeMistakes(volume: Mapping): readonly PodMistake[] {
  const steps: readonly Step[] = ['volumes', ['name', volume.name]]
  const sources = Object.keys(volume).filter((field) => field !== 'name')
  return [...nameMistakes(volume.name, [...steps, 'name']), ...oneOf(sources, steps)]
}

function containerMistakes(container: Mapping, list: string): readonly PodMistake[] {
  const steps: readonly Step[] = [list, ['name', container.name]]
  return [
    ...nameMistakes(container.name, [...steps, 'name']),
    ...objectsIn(container, 'env').flatMap((one) => variableMistakes(one, [...steps, 'env', ['name', one.name]])),
    ...objectsIn(container, 'envFrom').flatMap((one, index) => {
      const sources = Object.keys(one).filter((field) => field !== 'prefix')
      return exactlyOne(sources, '`configMapRef` or `secretRef`', [...steps, 'envFrom', index])
    }),
    ...objectsIn(container, 'ports').flatMap((one) =>
      ['containerPort', 'hostPort'].flatMap((field) =>
        portMistakes(one[field], [...steps, 'ports', ['containerPort', one.containerPort], field]),
      ),
    ),
  ]
}

function variableMistakes({ name, value, valueFrom }: Mapping, steps: readonly Step[]): readonly PodMistake[] {
  const isName = typeof name !== 'string' || /^[ -<>-~]+$/.test(name)
  const named = { steps: [...steps, 'name'], currentValue: name }
  return [
    ...(isName
      ? []
      : [{ ...named, message: `must be printable ASCII characters without "=", got ${JSON.stringify(name)}` }]),
    ...(value && valueFrom ? oneOf(['value', 'valueFrom'], steps) : []),
    ...(valueFrom ? exactlyOne(Object.keys(valueFrom), 'a source, such as `secretKeyRef`', steps) : []),
  ]
}

function exactlyOne(fields: readonly string[], wanted: string, steps: readonly Step[]): readonly PodMistake[] {
  return fields.length === 0 ? [{ steps, message: `must have ${wanted}` }] : oneOf(fields, steps)
}

/** A merge keeps what the patch of the template has set. */
function oneOf(fields: readonly string[], steps: readonly Step[]): readonly PodMistake[] {
  if (fields.length < 2) return []
  const all = fields.map((field) => `\`${field}\``)
  const others = fields.length > 2 ? 'the others' : 'the other'
  const message = `must have one of ${all.slice(0, -1).join(', ')} and ${all.at(-1)}; set ${others} to null`
  return [{ steps, message }]
}

/** A `hostPort` of 0 is none. */
function portMistakes(port: unknown, steps: readonly Step[]): readonly PodMistake[] {
  const isNone = port === 0 && steps.at(-1) === 'hostPort'
  if (typeof port !== 'number' || isNone || (port > 0 && port <= PORT_MAX)) return []
  return [{ steps, message: `must be a port from 1 to ${PORT_MAX}, got ${port}`, currentValue: port }]
}

function nameMistakes(name: unknown, steps: readonly Step[]): readonly PodMistake[] {
  if (typeof name !== 'string' || isDnsLabel(name)) return []
  return [{ steps, message: `must be ${LABEL}, got ${JSON.stringify(name)}`, currentValue: name }]
}

/** A Pod's containers share their names with those that start it. */
function doubleNames(podSpec: Mapping): readonly PodMistake[] {
  const names = new Set(objectsIn(podSpec, 'containers').map(({ name }) => name))
  return objectsIn(podSpec, 'initContainers')
    .filter(({ name }) => names.has(name))
    .map(({ name }) => {
      const message = `must be another name than those of \`containers\`, got ${JSON.stringify(name)}`
      return { steps: ['initContainers', ['name', name], 'name'], message, currentValue: name }
    })
}
