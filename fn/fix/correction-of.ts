import { isScalar } from 'yaml'
import { GROUP } from '../../crds/names.ts'
import type { Located } from '../positions/locator.ts'
import type { Finding } from '../results/finding.ts'
import type { Change } from '../yaml/change.ts'
import type { FieldAt, Step } from '../yaml/field-at.ts'
import { resolveScalar } from '../yaml/resolve-scalar.ts'

/** Whether a finding says how it is corrected. */
export function hasCorrection({ fix, proposedValue }: Finding): boolean {
  return fix !== undefined || proposedValue !== undefined
}

/** Whether an object is for `fix` to change: never one of somebody else, as a Namespace. */
export function isForFix({ item }: Finding): boolean {
  return item?.object?.apiVersion.startsWith(`${GROUP}/`) === true
}

/** The change of its document that corrects what a finding is about; undefined where no correction is known or the field is not there. */
export function correctionOf({ place, field }: Located, finding: Finding): Change | undefined {
  const step = field?.steps.at(-1)
  if (!field?.isThere || !step) return undefined
  const path = [...place.within, ...finding.path]
  switch (finding.fix?.kind) {
    case 'rename':
      return { kind: 'rename', path, to: finding.fix.to }
    case 'quote':
      return { kind: 'quote', path }
    case 'set':
      return { kind: 'set', path, value: typedAs(step, finding.fix.value) }
    case 'remove':
      return removal(path, field, place.within.length)
    case undefined:
      return proposal(path, step, finding)
  }
}

/** What is proposed for a value takes its place; what is proposed for a key is its new name. */
function proposal(path: Change['path'], step: Step, { currentValue, proposedValue }: Finding): Change | undefined {
  if (proposedValue === undefined) return undefined
  if (isScalar(step.node) && String(step.node.value) === String(currentValue))
    return { kind: 'set', path, value: typedAs(step, proposedValue) }
  return step.entry?.pair.key.value === currentValue ? { kind: 'rename', path, to: proposedValue } : undefined
}

/** A number stays one. */
function typedAs({ node }: Step, value: string): string | number {
  const isNumber = isScalar(node) && node.type === 'PLAIN' && typeof resolveScalar(String(node.value)) === 'number'
  const resolved = resolveScalar(value)
  return isNumber && typeof resolved === 'number' && String(resolved) === value ? resolved : value
}

/** The field goes with what would be empty without it, but for the fields at the top of its object. */
function removal(path: Change['path'], { steps }: FieldAt, depth: number): Change | undefined {
  let length = path.length
  while (length > depth + 1 && steps[length - depth - 1]?.entry?.map.items.length === 1) length--
  return length > depth + 1 ? { kind: 'remove', path: path.slice(0, length) } : undefined
}
