import { BUILDKIT_LABEL } from '../../crds/names.ts'
import { POD_OWNED_BY_ANOTHER, PODS_IGNORED } from '../reasons.ts'
import type { Wanted } from './conditions.ts'
import type { Judged } from './judged.ts'

/** The condition that another controller manages Pods with the Buildkit's label. */
export function ignored({ strangers }: Judged): Wanted {
  const [first, ...others] = strangers.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (!first?.controller) return undefined
  const { kind, name } = first.controller
  const more = others.length > 0 ? `, and so do ${others.length} more` : ''
  const message = `Pod "${first.name}" has this Buildkit's label but belongs to ${kind} "${name}"${more}; the controller neither publishes nor deletes such Pods; remove the label ${BUILDKIT_LABEL} from the template of that ${kind}`
  return { type: PODS_IGNORED, status: 'True', reason: POD_OWNED_BY_ANOTHER, message }
}
