import { pathText } from '../../crds/issues/field-path.ts'
import type { Item, KubernetesObject } from '../input/item.ts'
import { positionIn } from '../toml/read-toml.ts'
import type { Finding, Severity } from './finding.ts'
import { oneLine, shownText, shownValue } from './shown.ts'

/** A result of the KRM functions specification v1. kpt takes a missing severity for info, so it is always there. */
export interface Result {
  readonly message: string
  readonly severity: Severity
  readonly resourceRef?: ResourceRef
  readonly field?: { readonly path: string; readonly currentValue?: unknown; readonly proposedValue?: unknown }
  readonly file?: { readonly path: string; readonly index?: number }
  readonly tags?: Tags
}

/** `rule` is the id of the rule that was broken (docs/rules.md); `tomlLine` and `tomlColumn` say where in `spec.buildkitdToml`, from 1. */
type Tags = Readonly<Record<string, string>>

interface ResourceRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** A finding as orchestrators and programs read it. */
export function toResult(finding: Finding): Result {
  const { message, severity, item } = finding
  const { object, origin } = item ?? {}
  const field = fieldOf(finding)
  const tags = tagsOf(finding)
  return {
    message: shownText(message),
    severity,
    ...(object?.metadata.name !== undefined && { resourceRef: refTo(object) }),
    ...(origin && { file: { path: origin.path, ...(origin.index > 0 && { index: origin.index }) } }),
    ...(field && { field }),
    ...(tags && { tags }),
  }
}

function fieldOf({ path, toml, currentValue, proposedValue }: Finding): Result['field'] {
  if (path.length === 0) return undefined
  const names = [...path, ...(toml?.path ?? [])]
  const shown = shownValue(currentValue, names)
  // A text that cannot be shown as it is would be wrong to write.
  const isShown = proposedValue !== undefined && shownValue(proposedValue, names) === proposedValue
  return {
    path: shownText(pathText(path)),
    ...(shown !== undefined && { currentValue: shown }),
    ...(isShown && { proposedValue }),
  }
}

function tagsOf({ rule, toml }: Finding): Tags | undefined {
  if (rule === undefined) return undefined
  if (!toml) return { rule: rule.id }
  const { line, column } = positionIn(toml)
  return { rule: rule.id, tomlLine: String(line), tomlColumn: String(column) }
}

function refTo({ apiVersion, kind, metadata }: KubernetesObject): ResourceRef {
  const { name, namespace } = metadata
  return {
    apiVersion,
    kind,
    name: shownText(String(name ?? '')),
    ...(namespace !== undefined && { namespace: shownText(String(namespace)) }),
  }
}

/**
 * One line for people: `pods.yaml: error: Buildkit ci/builder: spec.template: must name …`, with `BK301 rootful-image` after
 * `error` for a rule, and `where` it is in front.
 */
export function lineOf(finding: Finding, where = finding.item?.origin?.path): string {
  const { severity, rule } = finding
  return oneLine(
    [where, rule ? `${severity} ${rule.id} ${rule.slug}` : severity, sentenceOf(finding)].filter(Boolean).join(': '),
  )
}

/** What a finding says, with its object and field in front. */
export function sentenceOf({ message, item, path }: Finding): string {
  const name = item && objectName(item)
  const object = name === undefined ? undefined : `${item?.object?.kind} ${name}`
  return [object, shownText(pathText(path)), shownText(message)].filter(Boolean).join(': ')
}

/** `namespace/name` of an item's object, or its name alone; undefined where it has none. */
export function objectName({ object }: Item): string | undefined {
  if (object?.metadata.name === undefined) return undefined
  const { name, namespace } = refTo(object)
  return [namespace, name].filter(Boolean).join('/')
}
