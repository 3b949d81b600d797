import type { FieldIssue, Fix } from '../crds/validate.ts'
import type { Item, KubernetesObject } from './item.ts'
import { oneLine } from './one-line.ts'
import { shortened } from './shortened.ts'
import { shortenedValue } from './shortened-value.ts'

/** Under which a result carries how it is corrected: a symbol, so that it stays out of everything that is written. */
export const FIX = Symbol('fix')

/** A result of the KRM functions specification v1. kpt takes a missing severity for info, so it always stands. */
export interface Result {
  readonly message: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly resourceRef?: ResourceRef
  readonly field?: { readonly path: string; readonly currentValue?: unknown; readonly proposedValue?: unknown }
  readonly file?: { readonly path: string; readonly index?: number }
  readonly tags?: Tags
  readonly [FIX]?: Fix
}

/** `rule` is the id of the rule that was broken (docs/rules.md); `tomlLine` and `tomlColumn` say where in `spec.buildkitdToml`, from 1. */
type Tags = Readonly<Record<string, string>>

interface ResourceRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** Errors come first. */
export const RANK = { error: 0, warning: 1, info: 2 }

/** Whether a result says that something is wrong, and does not only inform or advise. */
export function isProblem({ severity }: Result): boolean {
  return severity !== 'info'
}

/** A result about one field of an object. */
export function fieldResult(severity: Result['severity'], item: Item, issue: FieldIssue): Result {
  const { path, proposedValue, fix } = issue
  const currentValue = shortenedValue(issue.currentValue)
  const field = {
    path: shortened(path),
    ...(currentValue !== undefined && { currentValue }),
    ...(proposedValue !== undefined && { proposedValue }),
  }
  return { ...objectResult(severity, item, issue.message), field, ...(fix && { [FIX]: fix }) }
}

/** A result about an object as a whole. */
export function objectResult(severity: Result['severity'], { object, origin }: Item, message: string): Result {
  return {
    message: shortened(message),
    severity,
    ...(object?.metadata.name !== undefined && { resourceRef: refTo(object) }),
    ...(origin && { file: { path: origin.path, ...(origin.index > 0 && { index: origin.index }) } }),
  }
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
export function lineOf(result: Result, where = result.file?.path): string {
  const { severity, tags } = result
  const parts = [where, tags?.rule ? `${severity} ${tags.rule}` : severity, sentenceOf(result)]
  return oneLine(parts.filter(Boolean).join(': '))
}

/** What a result says, with its object and field in front. */
export function sentenceOf({ message, resourceRef, field }: Result): string {
  const name = resourceRef && [resourceRef.namespace, resourceRef.name].filter(Boolean).join('/')
  return [resourceRef && `${resourceRef.kind} ${name}`, field?.path, message].filter(Boolean).join(': ')
}
