import * as z from 'zod/mini'
import { ISSUES_MAX } from '../../crds/issues/field-issue.ts'
import { type FieldIssue, type Path, validate, type WrittenAt } from '../../crds/validate.ts'
import { isMapping } from '../input/item.ts'
import { PRIVATE_FIELDS } from '../results/shown.ts'
import type { Mapping } from './merge.ts'

/** What a patch says something about. */
export interface Touch {
  /** Where it says so. */
  readonly path: Path
  /** What it is about, with items of lists by their merge keys: `containers[name=buildkit].env[name=HTTPS_PROXY]`. */
  readonly location: string
  readonly value: unknown
}

/** A place in a patch that is being read. */
export interface Place {
  readonly path: Path
  readonly location: string
  /** What this part of the patch is merged into; undefined where there is nothing, or nothing that is merged. */
  readonly original: unknown
  /** What has been found so far, in the order of the patch. */
  readonly issues: FieldIssue[]
  readonly touches: Touch[]
  readonly writtenAt: WrittenAt | undefined
}

/** What `$patch` may be. */
export const ACTION = z.enum(['delete', 'replace', 'merge'])

/** The place of a field, or of an entry of a map. */
export function fieldOf(place: Place, field: string): Place {
  const { path, location, original } = place
  return {
    ...place,
    path: [...path, field],
    location: location === '' ? field : `${location}.${field}`,
    original: isMapping(original) && Object.hasOwn(original, field) ? original[field] : undefined,
  }
}

/** The place of an item of a list; it is merged into nothing. */
export function itemOf(place: Place, index: number): Place {
  return { ...place, path: [...place.path, index], original: undefined }
}

interface Merging {
  readonly key: string
  readonly value: unknown
  readonly original: Mapping | undefined
}

/** The place of an item that is merged into the one with its key. */
export function mergingItemOf(item: Place, { key, value, original }: Merging): Place {
  return { ...item, location: `${item.location}[${key}=${String(value)}]`, original }
}

/** Notes what a patch says something about. */
export function touch({ path, location, touches }: Place, value: unknown): void {
  touches.push({ path, location, value })
}

/** Notes a mistake. */
export function issue(place: Place, message: string, rest: Partial<FieldIssue> = {}): void {
  found(place, () => ({ path: place.path, message, ...rest }))
}

/** Notes a mistake, in words only if it is one of those that are reported. */
export function found({ issues }: Place, word: () => FieldIssue): void {
  if (issues.length < ISSUES_MAX) issues.push(word())
}

/** What an issue shows of a value: nobody knows what is secret in a list of variables. */
export function shown(value: unknown): Pick<FieldIssue, 'currentValue'> {
  return typeof value === 'object' ? {} : { currentValue: value }
}

/** A list of them, an item that is a text, or what a named item has as its value. */
const PRIVATE = new RegExp(`\\.(?:${PRIVATE_FIELDS.join('|')})(?:(?:\\[[^\\]]*\\])?\\.value)?$`)
const HIDDEN = '***'

/** Whether a value is what a schema wants; what is wrong with it is noted. */
export function isWanted(schema: z.ZodMiniType, value: unknown, place: Place): boolean {
  const { path, location, writtenAt } = place
  const isPrivate = PRIVATE.test(location)
  const judged = isPrivate && typeof value === 'string' ? HIDDEN : value
  const checked = validate(schema, judged, (inner) => (isPrivate ? HIDDEN : writtenAt?.([...path, ...inner])))
  if (!('issues' in checked)) return true
  for (const { path: inner, currentValue, proposedValue, ...rest } of checked.issues) {
    const values = isPrivate ? {} : { ...shown(currentValue), ...(proposedValue !== undefined && { proposedValue }) }
    found(place, () => ({ ...rest, path: [...path, ...inner], ...values }))
  }
  return false
}
