import assert from 'node:assert/strict'
import { eventually } from '../../controller/scenarios/eventually.ts'
import { built } from '../../examples/built.ts'
import { packagePath } from '../../examples/example-names.ts'
import {
  type ArgoCdStage,
  newPackage,
  type Package,
  type PackageOptions,
  type Scenarios,
  WELL,
} from './argocd-stage.ts'

const SERVER_SIDE_DIFF = { annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' } }
const LOOKS = 3

/** Whether what is applied stays as it is. */
export const DRIFT: Scenarios = {
  'no drift is found in examples/full': (stage) => fullIsQuiet(stage, 'full', {}),
  'no drift is found in examples/full with ServerSideDiff': (stage) => fullIsQuiet(stage, 'full-ssd', SERVER_SIDE_DIFF),
}

async function fullIsQuiet(stage: ArgoCdStage, name: string, options: PackageOptions): Promise<void> {
  const { manifests } = await built(packagePath('full'))
  const pkg = await newPackage(stage, { ...options, namespace: name })
  // Two Applications must not own the same objects, and a namespace and a priority class are there once only.
  const own = manifests
    .replaceAll(/(name|namespace): builders$/gm, `$1: ${name}`)
    .replaceAll(/(name|priorityClassName): builds$/gm, `$1: ${name}`)
  await pkg.sync({ 'full.yaml': own })
  await eventually(pkg.verdict, WELL, 60)
  await staysQuiet(pkg)
}

/** Looked at again and again, it is what it was, and nothing is synced for that. */
async function staysQuiet({ verdict, syncs, refresh }: Package): Promise<void> {
  const before = await syncs()
  for (let look = 0; look < LOOKS; look++) await refresh('hard')
  assert.deepEqual([await verdict(), await syncs()], [WELL, before])
}
