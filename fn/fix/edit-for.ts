import { isCollection, isScalar } from 'yaml'
import { GROUP } from '../../crds/names.ts'
import type { FieldAt } from '../positions/field-at.ts'
import type { Located } from '../positions/locator.ts'
import { FIX, type Result } from '../results.ts'
import type { Edit } from './edit.ts'
import { removalOf } from './removal-of.ts'
import { quoted, renamed, set } from './scalar-edits.ts'
import { tomlEdit } from './toml-edit.ts'

/** Whether a result says how it is corrected. */
export function hasCorrection({ field, [FIX]: fix }: Result): boolean {
  return fix !== undefined || field?.proposedValue !== undefined
}

/**
 * The edit of its source that corrects what a result is about; undefined where there is none that is sure: no correction is known, the
 * object is somebody else's, as a Namespace, the text is a part of other objects too, or it is written in a way that cannot be edited
 * with every other byte kept.
 */
export function editFor({ item, document, place, field }: Located, result: Result): Edit | undefined {
  const step = field?.steps.at(-1)
  if (!item.object?.apiVersion.startsWith(`${GROUP}/`)) return undefined
  if (!document || document.errors.length > 0 || !field?.isThere || isShared(field) || !step) return undefined
  const text = place.source.text.slice(place.start, place.end)
  const isToml = result.field?.path === 'spec.buildkitdToml'
  const edit = isToml ? tomlEdit(text, step.node, result) : yamlEdit(text, field.steps, result)
  return edit && { ...edit, start: edit.start + place.start, end: edit.end + place.start }
}

/** Whether an alias repeats the text, or may do so. */
function isShared({ isShared: isAliased, steps }: FieldAt): boolean {
  return isAliased || steps.some(({ node }) => (isCollection(node) || isScalar(node)) && node.anchor !== undefined)
}

function yamlEdit(text: string, steps: FieldAt['steps'], { field, [FIX]: fix }: Result): Edit | undefined {
  const step = steps.at(-1)
  if (!step) return undefined
  switch (fix?.kind) {
    case 'rename':
      return renamed(step, fix.to)
    case 'quote':
      return quoted(text, step.node)
    case 'remove':
      return removalOf(text, steps)
    case 'set':
      return set(text, step.node, fix.value)
    case undefined:
      break
  }
  const { currentValue, proposedValue } = field ?? {}
  if (typeof proposedValue !== 'string') return undefined
  if (isScalar(step.node) && String(step.node.value) === String(currentValue))
    return set(text, step.node, proposedValue)
  return step.entry?.pair.key.value === currentValue ? renamed(step, proposedValue) : undefined
}
