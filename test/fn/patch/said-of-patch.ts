import { patchIssues } from '../../../fn/patch/issues.ts'
import { privileged } from '../privileged-pod.ts'

/** Everything that is said of a patch, as `path: message`. */
export function saidOfPatch(
  patch: unknown,
  kind: 'BuildkitTemplate' | 'Buildkit',
  podSpec: object = privileged,
): readonly string[] {
  const context = { kind, own: privileged, podSpec: podSpec as typeof privileged }
  return patchIssues(patch, ['podSpecPatch'], context).map(
    ({ path, message }) => `${path.join('.').replace(/\.(\d+)/g, '[$1]')}: ${message}`,
  )
}
