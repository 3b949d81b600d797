import { type Cell, foundInMatrix } from '../breaches/in-matrix.ts'
import type { Rule } from '../rule.ts'

/** A command of another mode. */
export const COMMAND_OF_ANOTHER_MODE: Rule = {
  id: 'BK305',
  severity: 'error',
  what: "The `command` does not fit the template's mode or image.",
  why: "A rootless container runs as user 1000, and buildkitd exits at once if RootlessKit does not start it; BuildKit's image for root has no RootlessKit, and before v0.28 no buildkitd-entrypoint. The images' own entry points are right.",
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
  needs: 'command',
  find: foundInMatrix('BK305', (cell) => {
    const { template, row } = cell
    const { spec } = template
    const message = `${mustOf(cell)}, got ${JSON.stringify(spec.command)}, which ends with ${row.shows}; remove it`
    return [{ path: ['spec', 'command'], message, currentValue: spec.command }]
  }),
}

function mustOf({ template, situation }: Cell): string {
  if (template.spec.rootless) return 'must go through "rootlesskit" with `rootless: true`'
  if (situation.command === 'rootlesskit') return 'must not go through "rootlesskit" without `rootless: true`'
  return 'must not name "buildkitd-entrypoint" before v0.28'
}
