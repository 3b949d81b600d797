import { pathText } from '../crds/issues/field-path.ts'
import type { Finding, Severity } from './finding.ts'
import type { Item, KubernetesObject } from './item.ts'
import { oneLine } from './one-line.ts'
import { shortened } from './shortened.ts'
import { shortenedValue } from './shortened-value.ts'
import { positionIn } from './toml/toml-place.ts'

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
    message: shortened(message),
    severity,
    ...(object?.metadata.name !== undefined && { resourceRef: refTo(object) }),
    ...(origin && { file: { path: origin.path, ...(origin.index > 0 && { index: origin.index }) } }),
    ...(field && { field }),
    ...(tags && { tags }),
  }
}

function fieldOf({ path, currentValue, proposedValue }: Finding): Result['field'] {
  if (path.length === 0) return undefined
  const shown = shortenedValue(currentValue)
  return {
    path: shortened(pathText(path)),
    ...(shown !== undefined && { currentValue: shown }),
    ...(proposedValue !== undefined && { proposedValue }),
  }
}

function tagsOf({ rule, toml }: Finding): Tags | undefined {
  if (rule === undefined) return undefined
  if (!toml) return { rule }
  const { line, column } = positionIn(toml)
  return { rule, tomlLine: String(line), tomlColumn: String(column) }
}

function refTo({ apiVersion, kind, metadata }: KubernetesObject): ResourceRef {
  const { name, namespace } = metadata
  return {
    apiVersion,
    kind,
    name: shortened(String(name ?? '')),
    ...(namespace !== undefined && { namespace: shortened(String(namespace)) }),
  }
}

/**
 * One line for people: `pods.yaml: error: Buildkit ci/builder: spec.template: must name …`, with the id of a rule after `error`, and
 * `where` it is in front.
 */
export function lineOf(finding: Finding, where = finding.item?.origin?.path): string {
  const { severity, rule } = finding
  return oneLine([where, rule ? `${severity} ${rule}` : severity, sentenceOf(finding)].filter(Boolean).join(': '))
}

/** What a finding says, with its object and field in front. */
export function sentenceOf({ message, item, path }: Finding): string {
  const name = item && objectName(item)
  const object = name === undefined ? undefined : `${item?.object?.kind} ${name}`
  return [object, shortened(pathText(path)), shortened(message)].filter(Boolean).join(': ')
}

/** `namespace/name` of an item's object, or its name alone; undefined where it has none. */
export function objectName({ object }: Item): string | undefined {
  if (object?.metadata.name === undefined) return undefined
  const { name, namespace } = refTo(object)
  return [namespace, name].filter(Boolean).join('/')
}
