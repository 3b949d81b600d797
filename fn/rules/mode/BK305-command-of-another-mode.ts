import { type Cell, foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { MAPPED_ROOT, ROOTFUL, ROOTLESS, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: ROOTLESS, image: ['rootless tag', 'digest only', 'other repository'], command: ['buildkitd'] },
    shows: MAPPED_ROOT,
  },
  {
    when: { mode: ROOTLESS, image: ['rootless tag'], command: ['buildkitd-entrypoint'] },
    shows: 'exec: "buildkitd-entrypoint": executable file not found in $PATH',
  },
  {
    when: { mode: ROOTLESS, image: ['digest only', 'other repository'], command: ['buildkitd-entrypoint'] },
    shows: MAPPED_ROOT,
  },
  {
    when: { mode: ROOTFUL, image: ['rootful tag'], command: ['rootlesskit'] },
    shows: 'exec: "rootlesskit": executable file not found in $PATH',
  },
  {
    when: {
      mode: ROOTFUL,
      image: ['rootful tag'],
      command: ['buildkitd-entrypoint'],
      version: ['before v0.13', 'before v0.28'],
    },
    shows: 'exec: "buildkitd-entrypoint": executable file not found in $PATH',
  },
]

/** A command of another mode. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: "The `command` does not fit the template's mode or image.",
    why: "A rootless container runs as user 1000, and buildkitd exits unless RootlessKit starts it. BuildKit's rootful image has no RootlessKit, and before v0.28 no buildkitd-entrypoint. Leave `command` out to use the entry point of the image.",
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, main; Dockerfile, stage rootless',
    example: {
      wrong: templateOf({ rootless: true, command: ['buildkitd'] }),
      right: templateOf({ rootless: true, command: ['rootlesskit', 'buildkitd'] }),
    },
  }),
  of: 'template',
  needs: 'command',
  rows,
  find: foundInRows(rows, (cell) => {
    const { template, row } = cell
    const { spec } = template
    const message = `${mustOf(cell)}, got ${JSON.stringify(spec.command)}, which fails with ${row.shows}; remove it`
    return [{ path: ['spec', 'command'], message, currentValue: spec.command }]
  }),
}

function mustOf({ template, situation }: Cell): string {
  if (template.spec.rootless) return 'must use "rootlesskit" with `rootless: true`'
  if (situation.command === 'rootlesskit') return 'must not use "rootlesskit" without `rootless: true`'
  return 'must not use "buildkitd-entrypoint" before v0.28'
}
