import type { FieldIssue } from '../../crds/validate.ts'
import { grouped } from '../common/collections.ts'
import { listed } from '../results/words.ts'
import { actionOf, PATCH, RETAIN_KEYS } from './directives.ts'
import { isIn, valueAtLocation } from './location.ts'
import type { Mapping } from './merge.ts'
import { shown, type Touch } from './reading.ts'

/** So many of what is lost are named. */
const NAMED_MAX = 3

interface Merged {
  readonly before: Mapping
  readonly after: Mapping
  /** The locations of what has to stay as it was. */
  readonly kept: Iterable<string>
  readonly touches: readonly Touch[]
}

/** The issues about parts of a patch that remove or replace, with something else, what has to stay as it was. */
export function losses({ before, after, kept, touches }: Merged): readonly FieldIssue[] {
  const named = new Set(touches.map(({ location }) => location))
  const lost = [...kept].filter((location) => !named.has(location) && !isSame(before, after, location))
  const byCause = grouped(lost, (location) => causeOf(location, touches))
  return [...byCause].map(([cause, locations]) => ({
    path: cause?.path ?? [],
    message: `must leave ${inWords(locations)} as the builder has ${locations.length > 1 ? 'them' : 'it'}; remove the ${removed(cause)}`,
    ...shown(cause?.value),
  }))
}

/** What is not touched is the same object. */
function isSame(before: Mapping, after: Mapping, location: string): boolean {
  const [a, b] = [before, after].map((podSpec) => valueAtLocation(podSpec, location))
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** The innermost part of a patch that is about all of what `location` is in, if possible one that removes. */
function causeOf(location: string, touches: readonly Touch[]): Touch | undefined {
  const around = touches.filter((touch) => isIn(location, touch.location))
  return around.findLast(isRemoval) ?? around.at(-1)
}

function isRemoval({ path, value }: Touch): boolean {
  return value === null || path.at(-1) === PATCH || path.at(-1) === RETAIN_KEYS || actionOf(value) !== undefined
}

function removed(cause: Touch | undefined): string {
  if (cause === undefined || cause.value === null) return 'null'
  return isRemoval(cause) ? 'directive' : 'field'
}

function inWords(locations: readonly string[]): string {
  const names = locations.slice(0, NAMED_MAX).map((location) => `\`${location}\``)
  const more = locations.length - names.length
  const all = more > 0 ? [...names, `${more} more`] : names
  return listed(all)
}
