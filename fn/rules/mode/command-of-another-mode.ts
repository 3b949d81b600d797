import type { Rule } from '../rule.ts'
import { foundInMatrix } from './found-in-matrix.ts'

/** A command of another mode. */
export const COMMAND_OF_ANOTHER_MODE: Rule = {
  id: 'BK305',
  severity: 'error',
  what: "The `command` does not fit the template's mode.",
  why: "A rootless container runs as user 1000, and buildkitd exits at once if RootlessKit does not start it; BuildKit's image for root has no RootlessKit. The images' own entry points are right.",
  source: 'buildkit v0.34.2, cmd/buildkitd/main.go, main; Dockerfile, stage rootless',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  rootless: true
  command: [buildkitd]
`,
    right: `kind: BuildkitTemplate
spec:
  rootless: true
  command: [rootlesskit, buildkitd]
`,
  },
  of: 'template',
  find: foundInMatrix('BK305', ({ template: { spec }, row }) => {
    const must = spec.rootless ? 'must go through "rootlesskit" with' : 'must not go through "rootlesskit" without'
    const message = `${must} \`rootless: true\`, got ${JSON.stringify(spec.command)}, which ends with ${row.shows}; remove it`
    return [{ path: 'spec.command', message, currentValue: spec.command }]
  }),
}
