import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { CONFIGURATION_VOLUME, CONTAINER, STATE_VOLUME } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import { isMapping, type KubernetesObject, mappingsIn, type Source } from '../input/item.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { plural } from '../results/words.ts'
import { foldersOf } from '../upstream/buildkit/folders.ts'

type Mapping = Readonly<Record<string, unknown>>

/** What templates have no field for in the operator: what others have put into its Pods, once for Pods that are alike. */
export function byHandFindings(
  template: Source<BuildkitTemplate>,
  pods: readonly KubernetesObject[],
): readonly Finding[] {
  const found = pods.map(({ metadata, spec }) => ({
    pod: metadata.name ?? '',
    ...byHand(spec, foldersOf(template.value.spec).state),
  }))
  return FIELDS.flatMap(([field, message]) => {
    const alike = grouped(
      found.filter((one) => isFilled(one[field])),
      (one) => JSON.stringify(one[field]),
    )
    return [...alike].map(([text, [first, ...more]]) => {
      const others = more.length > 0 ? ` and ${plural(more.length, 'other')}` : ''
      return fieldFinding('warning', template.item, {
        path: ['spec', field],
        message: message(`Pod ${JSON.stringify(first?.pod)}${others}`, text),
      })
    })
  })
}

const FIELDS = [
  [
    'podSpecPatch',
    (pods: string, text: string) =>
      `must have what the operator has not written into ${pods}, unless a webhook adds it to new Pods too: ${text}`,
  ],
  [
    'cache',
    (pods: string, text: string) =>
      `must be set, because somebody has changed the cache of ${pods} to ${text}; the new one starts empty`,
  ],
] as const

/** What others have put into a Pod of the operator, by the field of a template that has it here. */
interface ByHand {
  readonly podSpecPatch: Mapping
  /** The volume of its state, where that is another one. */
  readonly cache: Mapping
}

/** Fields of a Pod that the operator never writes, and the API server does not fill in by itself. */
const POD_FIELDS = ['dnsConfig', 'hostAliases', 'imagePullSecrets', 'runtimeClassName']
/** The operator's variables, and those that clouds give to Pods of a service account. */
const VARIABLES =
  /^(HOST_IP|OTEL_(EXPORTER_OTLP_ENDPOINT|SERVICE_NAME|RESOURCE_ATTRIBUTES)|AWS_(ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|(DEFAULT_)?REGION|STS_REGIONAL_ENDPOINTS)|AZURE_(CLIENT_ID|TENANT_ID|FEDERATED_TOKEN_FILE|AUTHORITY_HOST))$/
/** The operator's volumes, and the paths of tokens of service accounts. */
const VOLUMES = [STATE_VOLUME, CONFIGURATION_VOLUME, 'scripts']
const TOKENS = /^\/var\/run\/secrets\/(kubernetes\.io|eks\.amazonaws\.com|azure)\//
const CONTAINER_FIELDS = ['image', 'command', 'args', 'restartPolicy', 'securityContext']
/** Containers of a service mesh, which its admission adds to new Pods as well. */
const MESH = /^(istio|linkerd)-/

/** What is in the `spec` of the operator's Pod beside what the operator, the API server and service meshes write. */
function byHand(spec: unknown, statePath: string): ByHand {
  const pod = isMapping(spec) ? spec : {}
  const state = stateVolumeOf(pod, statePath)
  const operators = [...VOLUMES, state?.name]
  const initContainers = containersIn(pod.initContainers, operators)
  const all = containersIn(pod.containers, operators)
  const containers = all.filter(({ name, ...rest }) => name !== CONTAINER || isFilled(rest))
  const mounts = [...containers, ...initContainers].flatMap(({ volumeMounts }) => mappingsIn(volumeMounts))
  const volumes = mappingsIn(pod.volumes).filter((volume) => mounts.some(({ name }) => name === volume.name))
  const fields = POD_FIELDS.filter((field) => isFilled(pod[field])).map((field) => [field, pod[field]])
  const lists = Object.entries({ initContainers, containers, volumes }).filter(([, list]) => list.length > 0)
  return { podSpecPatch: shown(Object.fromEntries([...fields, ...lists])) as Mapping, cache: otherState(state) }
}

/** What is users' in containers, beside mounts of the operator's volumes; of buildkitd's own only what may be added to it. */
function containersIn(list: unknown, operators: readonly unknown[]): readonly Mapping[] {
  return mappingsIn(list)
    .filter(({ name }) => !MESH.test(String(name)))
    .map((container) => {
      const volumeMounts = mappingsIn(container.volumeMounts).filter(
        ({ name, mountPath }) => !(operators.includes(name) || TOKENS.test(`${mountPath}/`)),
      )
      const added = { env: variablesOf(container), envFrom: container.envFrom, volumeMounts }
      const own =
        container.name === CONTAINER ? [] : CONTAINER_FIELDS.map((field) => [field, container[field]] as const)
      const entries = [...own, ...Object.entries(added)].filter(([, value]) => isFilled(value))
      return { name: container.name, ...Object.fromEntries(entries) }
    })
}

function variablesOf({ env }: Mapping): readonly Mapping[] {
  return mappingsIn(env).filter(({ name }) => !VARIABLES.test(String(name)))
}

/** The volume at the path of the state, whatever it is called. */
function stateVolumeOf({ containers, volumes }: Mapping, path: string): Mapping | undefined {
  const container = mappingsIn(containers).find(({ name }) => name === CONTAINER)
  const mount = mappingsIn(container?.volumeMounts).find(({ mountPath }) => mountPath === path)
  return mappingsIn(volumes).find(({ name }) => name === (mount?.name ?? STATE_VOLUME))
}

/** What the state is in, unless that is the operator's empty volume. */
function otherState(volume: Mapping = {}): Mapping {
  const { name: _, ...source } = volume
  return isMapping(source.emptyDir) && !isFilled(source.emptyDir) ? {} : source
}

/** Without what may be secret: values of variables, and what containers are started with. */
function shown(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    if (key === 'args' || key === 'command') return ['…']
    return value.map((item) =>
      shown(key === 'env' && isMapping(item) && 'value' in item ? { ...item, value: '…' } : item),
    )
  }
  if (!isMapping(value)) return value
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, shown(inner, field)]))
}

function isFilled(value: unknown): boolean {
  if (isMapping(value) || Array.isArray(value)) return Object.keys(value).length > 0
  return value !== undefined && value !== ''
}
