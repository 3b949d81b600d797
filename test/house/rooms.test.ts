import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { repositoryFiles } from './repository-files.ts'

/** The folders of each program and the files beside them, from the ground up: each imports only what comes before it. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  fn: [
    'common',
    'yaml',
    'input',
    'toml',
    'results',
    'positions',
    'upstream',
    'config',
    'patch',
    'render',
    'rules',
    'report',
    'output',
    'diff',
    'tree',
    'fix',
    'migrate',
    'commands',
    'kpt-function.ts',
    'start',
    'main.ts',
  ],
  controller: [
    'kube',
    'log.ts',
    'options.ts',
    'pod.ts',
    'reasons.ts',
    'events',
    'mandate.ts',
    'observation.ts',
    'store.ts',
    'observe',
    'cluster.ts',
    'judge',
    'watches.ts',
    'decide.ts',
    'act',
    'metrics',
    'reconcile.ts',
    'settings.ts',
    'health-server.ts',
    'lead.ts',
    'read-settings.ts',
    'report.ts',
    'surroundings.ts',
    'command-line.ts',
    'election.ts',
    'readiness.ts',
    'assemble.ts',
    'run.ts',
    'main.ts',
  ],
}

/** A configuration names rules by their ids, which only the book knows. */
const UPWARD = ['fn/config/rule-assignments.ts → fn/rules/book.ts', 'fn/config/rule-assignments.ts → fn/rules/named.ts']

for (const [program, floors] of Object.entries(FLOORS)) {
  const files = [...repositoryFiles(`${program}/**/*.ts`)].filter(
    ([path]) => !path.endsWith('.d.ts') && !path.startsWith('fn/generate'),
  )

  test(`each folder of ${program} is on a floor`, () => {
    assert.deepEqual([...new Set(files.map(([path]) => roomOf(path)))].sort(), [...floors].sort())
  })

  test(`no folder of ${program} imports one that is above it`, () => {
    const up = files.flatMap(([path, text]) =>
      importsOf(path, text)
        .filter((target) => target.startsWith(`${program}/`))
        .filter((target) => floors.indexOf(roomOf(target)) > floors.indexOf(roomOf(path)))
        .map((target) => `${path} → ${target}`),
    )
    assert.deepEqual(
      up,
      UPWARD.filter((arrow) => arrow.startsWith(`${program}/`)),
    )
  })
}

/** `render` of `fn/render/plan.ts`, `main.ts` of `fn/main.ts`. */
function roomOf(path: string): string {
  return path.split('/')[1] ?? path
}

function importsOf(path: string, text: string): readonly string[] {
  return [...text.matchAll(/^(?:import|export|\} from|.* from) ?.*'(\.{1,2}\/[^']+)'/gm)].map(([, to = '']) =>
    join(dirname(path), to),
  )
}
