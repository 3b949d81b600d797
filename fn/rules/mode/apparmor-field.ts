import type { Rule } from '../rule.ts'
import { foundInMatrix } from './found-in-matrix.ts'

/** A field that nobody reads. */
export const APPARMOR_FIELD: Rule = {
  id: 'BK316',
  severity: 'warning',
  what: "Kubernetes before 1.30 does not know the field that takes a rootless builder out of AppArmor's default profile.",
  why: 'The API server drops `appArmorProfile`. On nodes with AppArmor the default profile then forbids the mounts that every build needs.',
  source: 'KEP-24 (kubernetes/enhancements, keps/sig-node/24-apparmor); buildkit v0.34.2, docs/rootless.md',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
`,
    right: `kind: BuildkitTemplate
spec:
  rootless: false
`,
    kubernetes: { major: 1, minor: 29 },
  },
  of: 'template',
  find: foundInMatrix('BK316', ({ template: { kubernetes }, row }) => {
    const message = `must be false before Kubernetes 1.30, which has no \`appArmorProfile\`, got true for ${kubernetes?.major}.${kubernetes?.minor}: ${row.shows}; or set \`container.apparmor.security.beta.kubernetes.io/buildkit: unconfined\` in \`podAnnotations\` and ignore this`
    return [{ path: 'spec.rootless', message, currentValue: true }]
  }),
}
