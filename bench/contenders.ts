import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Peers } from './find-peers.ts'
import type { Run } from './measure.ts'
import { helmValuesOf } from './package/helm-values-of.ts'
import { type Package, packageOf } from './package/package-of.ts'

export const OURS = 'render-buildkit'
export const AGAIN = 'render-buildkit, second render'
export const RICH = 'render-buildkit, with claims and patches'
export const GO = 'Go function on kyaml'
export const HELM = 'helm template'
const FIRST = 'render-buildkit, first run'
export const EXECUTABLE = 'single executable'
export const VERSION = '`render-buildkit --version`'
export const HELP = '`render-buildkit --help`'
export const FLOOR = 'floor'
export const BARE = '`node -e 0`'

/** A program that is measured. */
export interface Contender {
  readonly name: string
  readonly run: Run
  readonly makesPods: boolean
}

export const BUNDLE = fileURLToPath(new URL('../dist/render-buildkit.cjs', import.meta.url))
const FLOOR_PROGRAM = fileURLToPath(new URL('./floor.mjs', import.meta.url))
const CHART = fileURLToPath(new URL('./peers/helm', import.meta.url))

/** What templates in production may have beside what the operator knows. */
const IN_PRODUCTION = {
  cache: { claim: { size: '120Gi' } },
  podSpecPatch: {
    imagePullSecrets: [{ name: 'registry' }],
    containers: [
      {
        name: 'buildkit',
        env: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
        volumeMounts: [{ name: 'ca', mountPath: '/etc/company-ca', readOnly: true }],
      },
    ],
    volumes: [{ name: 'ca', configMap: { name: 'company-ca' } }],
  },
}

/** The programs in the order in which they run: the second render and the floor read what the first render wrote. */
export function contendersOf(input: Package, peers: Peers, folder: string): Contender[] {
  const list = join(folder, 'package.yaml')
  const values = join(folder, 'values.yaml')
  const rendered = join(folder, 'rendered.yaml')
  const output = join(folder, 'output.yaml')
  const rich = join(folder, 'rich.yaml')
  writeFileSync(list, input.resourceList)
  writeFileSync(rich, packageOf(input.buildkits.length, IN_PRODUCTION).resourceList)
  writeFileSync(values, helmValuesOf(input))
  const helmFolders = { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder }
  const node = process.execPath
  const contenders: Contender[] = [
    { name: BARE, makesPods: false, run: { command: [node, '-e', '0'], input: list, output } },
    { name: OURS, makesPods: true, run: { command: [node, BUNDLE], input: list, output: rendered } },
    { name: AGAIN, makesPods: true, run: { command: [node, BUNDLE], input: rendered, output } },
    { name: RICH, makesPods: false, run: { command: [node, BUNDLE], input: rich, output } },
    { name: FLOOR, makesPods: false, run: { command: [node, FLOOR_PROGRAM, rendered], input: list, output } },
  ]
  if (peers.helm) {
    const command = [peers.helm, 'template', 'bench', CHART, '--values', values] as const
    contenders.push({ name: HELM, makesPods: true, run: { command, input: list, output, env: helmFolders } })
  }
  if (peers.executable)
    contenders.push({ name: EXECUTABLE, makesPods: true, run: { command: [peers.executable], input: list, output } })
  if (input.buildkits.length === 1) contenders.push(...startsOf([node, BUNDLE], { input: list, output }))
  if (peers.go) contenders.push({ name: GO, makesPods: true, run: { command: [peers.go], input: list, output } })
  return contenders
}

/** What is measured of a start alone: without code that an earlier run has kept, and without the renderer. */
function startsOf(command: readonly [string, ...string[]], files: Pick<Run, 'input' | 'output'>): readonly Contender[] {
  const first = { ...files, command, env: { NODE_DISABLE_COMPILE_CACHE: '1' } }
  return [
    { name: FIRST, makesPods: true, run: first },
    { name: VERSION, makesPods: false, run: { ...files, command: [...command, '--version'] } },
    { name: HELP, makesPods: false, run: { ...files, command: [...command, '--help'] } },
  ]
}
