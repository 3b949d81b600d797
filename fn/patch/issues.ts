import { ISSUES_MAX } from '../../crds/issues/field-issue.ts'
import { orderIn } from '../../crds/issues/field-path.ts'
import type { FieldIssue, Path, WrittenAt } from '../../crds/validate.ts'
import { isMapping } from '../input/item.ts'
import { collision } from './collisions.ts'
import { losses } from './losses.ts'
import { type Mapping, patched } from './merge.ts'
import { readPatch } from './read-patch.ts'
import { shown } from './reading.ts'
import { type Patched, refusalsOf } from './refusals.ts'

/** What a patch is for, and what it is merged into. */
export interface PatchContext extends Patched {
  /** The Pod's spec that the patch is merged into: `own`, or for a Buildkit what its template's patch has made of it. */
  readonly podSpec: Mapping
  /** How the text that the patch is from writes the value at a path. */
  readonly writtenAt?: WrittenAt | undefined
}

/** Everything that is wrong with a patch, which is at `at`, in its order. Without any, `patched` takes it. */
export function patchIssues(patch: unknown, at: Path, context: PatchContext): readonly FieldIssue[] {
  const { podSpec, writtenAt, own } = context
  const { issues, touches } = readPatch(patch, { path: at, podSpec, writtenAt })
  const refusals = refusalsOf(context)
  const refused = touches.flatMap((touch) => {
    const message = refusals.get(touch.location) ?? collision(touch, own)
    return message === undefined ? [] : [{ path: touch.path, message, ...shown(touch.value) }]
  })
  const isRead = isMapping(patch) && issues.length === 0
  const kept = refusals.keys()
  const lost = isRead ? losses({ before: podSpec, after: patched(podSpec, patch), kept, touches }) : []
  const inOrder = orderIn(patch)
  return [...issues, ...refused.slice(0, ISSUES_MAX), ...lost].sort((a, b) =>
    inOrder(a.path.slice(at.length), b.path.slice(at.length)),
  )
}
