import { CONTAINER } from '../../../crds/names.ts'
import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { ROOTLESS, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

/** What stood for the field. */
const ANNOTATION = `container.apparmor.security.beta.kubernetes.io/${CONTAINER}`

const rows: readonly Row[] = [
  {
    when: { mode: ROOTLESS, kubernetes: ['before 1.30'] },
    shows: 'failed to share mount point: permission denied, on nodes with AppArmor',
  },
]

/** A field that nobody reads. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "Kubernetes before 1.30 does not have the field that exempts a rootless builder from AppArmor's default profile.",
    why: 'The API server drops `appArmorProfile`, or rejects the Pod if the client asks it to reject unknown fields, as kubectl does. On nodes with AppArmor, the default profile then blocks the mounts that every build needs.',
    source: 'KEP-24 (kubernetes/enhancements, keps/sig-node/24-apparmor); buildkit v0.34.2, docs/rootless.md',
    example: {
      wrong: templateOf({ rootless: true }),
      right: templateOf({ rootless: false }),
      kubernetes: { major: 1, minor: 29 },
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ template: { kubernetes, spec }, row }) => {
    if (spec.podAnnotations?.[ANNOTATION] === 'unconfined') return []
    const message = `must be false before Kubernetes 1.30, which has no \`appArmorProfile\`, got true for ${kubernetes?.major}.${kubernetes?.minor}; ${row.shows}; or set \`${ANNOTATION}: unconfined\` in \`podAnnotations\``
    return [{ path: ['spec', 'rootless'], message, currentValue: true }]
  }),
}
