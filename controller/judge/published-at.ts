import type { Buildkit } from '../observation.ts'
import { READY } from '../reasons.ts'
import { conditionIn } from './conditions.ts'

/** Since when the written status has the present `spec.podName` ready, in milliseconds as it was written; undefined where it has not. */
export function publishedAt({ podName, status }: Buildkit): number | undefined {
  const ready = conditionIn(status, READY)
  if (ready?.status !== 'True' || status.podName !== podName || status.podSince === undefined) return undefined
  return Math.max(Date.parse(status.podSince), Date.parse(ready.lastTransitionTime))
}
