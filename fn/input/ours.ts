import { closest } from '../../crds/closest.ts'
import { API_VERSION, GROUP } from '../../crds/names.ts'
import type { FieldIssue } from '../../crds/validate.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'
import { isMapping, type KubernetesObject } from './item.ts'

/** Kinds of our group; RenderBuildkit is the function's own configuration, which kpt passes among the items too. */
const KINDS = ['Buildkit', 'BuildkitTemplate', 'RenderBuildkit']

/** What the text of an object of ours has, once it is `unescaped`. */
export const MENTIONS_US = /buildkit\.seatgeek\.io|kind["']?[ \t]*:[ \t]*["']?Buildkit|!!binary|2002:binary/
/** What a double-quoted text may write for a letter, and a line break in it that is none. */
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|\r?\n[ \t]*)/g

/** Whether an object may be ours by its text, however its group is spelled there; most that may be are not. */
export function mayBeOurs(text: string): boolean {
  return MENTIONS_US.test(unescaped(text))
}

/** A text with the letters that its escapes stand for. */
export function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(ESCAPE, letterOf) : text
}

function letterOf(_: string, ...digits: readonly (string | undefined)[]): string {
  const code = Number.parseInt(digits.find((one) => typeof one === 'string') ?? '', 16)
  return code < 0x80 ? String.fromCharCode(code) : ''
}

/** Whether a value is an object of our group, also of a version that is none, or means to be one. */
export function isOurs(value: unknown): boolean {
  if (!isMapping(value)) return false
  const { apiVersion, kind } = value
  if (apiVersion === API_VERSION) return true
  if (typeof apiVersion === 'string' && apiVersion.trim().split('/')[0] === GROUP) return true
  if (typeof kind !== 'string' || !KINDS.includes(kind)) return false
  return typeof apiVersion !== 'string' || closest(apiVersion, [API_VERSION]) !== undefined
}

/** Why one of ours is no Kubernetes object, whose fields could be judged. */
export function faultOf(value: unknown): ReadError | undefined {
  const { apiVersion, kind, metadata, name } = isMapping(value) ? value : {}
  if (typeof apiVersion !== 'string')
    return { path: ['apiVersion'], message: `must be "${API_VERSION}", got ${inWords(apiVersion)}` }
  if (typeof kind !== 'string') return { path: ['kind'], message: `must be ${oneOfKinds()}, got ${inWords(kind)}` }
  // A configuration needs no name, a list has none.
  if (isMapping(metadata) || (metadata === undefined && /^RenderBuildkit$|List$/.test(kind))) return undefined
  const hint = name === undefined ? '' : '; indent `name` below it'
  return { path: ['metadata'], message: `must be an object with \`name\`, got ${inWords(metadata)}${hint}` }
}

/** What is said of a kind that our group does not have, with the one that was probably meant. */
export function unknownKind(kind: string): Pick<FieldIssue, 'message' | 'currentValue' | 'proposedValue'> {
  const meant = kind.endsWith('List') ? undefined : closest(kind, KINDS)
  const message = `must be ${oneOfKinds()}, got ${JSON.stringify(kind)}${meant ? `; did you mean "${meant}"?` : ''}`
  return { message, currentValue: kind, ...(meant && { proposedValue: meant }) }
}

/** The kinds that there are, for messages. */
function oneOfKinds(): string {
  return `one of ${KINDS.map((kind) => JSON.stringify(kind)).join(', ')}`
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return isMapping(value) ? 'an object' : JSON.stringify(value)
}

/** The list that an object goes to, by its group and kind: other groups have kinds of the same names. All others are copied unread. */
const LISTS = {
  '/LimitRange': 'limitRanges',
  '/Namespace': 'namespaces',
  '/PersistentVolumeClaim': 'foreignClaims',
  '/Pod': 'foreignPods',
  '/ResourceQuota': 'resourceQuotas',
  '/Secret': 'secrets',
  '/Service': 'services',
  'cert-manager.io/Certificate': 'certificates',
  'cert-manager.io/ClusterIssuer': 'issuers',
  'cert-manager.io/Issuer': 'issuers',
  'kustomize.config.k8s.io/Component': 'kustomizations',
  'kustomize.config.k8s.io/Kustomization': 'kustomizations',
  'monitoring.coreos.com/PodMonitor': 'podMonitors',
  'monitoring.coreos.com/ServiceMonitor': 'serviceMonitors',
  'networking.k8s.io/NetworkPolicy': 'networkPolicies',
  'policy/PodDisruptionBudget': 'podDisruptionBudgets',
  'storage.k8s.io/StorageClass': 'storageClasses',
} as const

/** A list of a `Selection` with objects of others that matter to rendering or to its rules. */
export type ForeignList = (typeof LISTS)[keyof typeof LISTS]

const FOREIGN_KINDS = Object.keys(LISTS).map((key) => key.slice(key.indexOf('/') + 1))

/** What the text of such an object has. */
export const HAS_FOREIGN_KIND = new RegExp(`kind["']?[ \\t]*:[ \\t]*["']?(?:${FOREIGN_KINDS.join('|')})\\b`)

/** The list that an object goes to, if there is one for its kind. */
export function foreignListOf({ apiVersion, kind }: KubernetesObject): ForeignList | undefined {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')))
  const key = `${group}/${kind}`
  return Object.hasOwn(LISTS, key) ? LISTS[key as keyof typeof LISTS] : undefined
}
