import process from 'node:process'
import { startArgoCdEngine } from '../test/harness/engines/argocd/argocd-engine.ts'
import type { Engine } from '../test/harness/engines/engine.ts'
import { startEngineStage } from '../test/harness/engines/engine-stage.ts'
import { startFluxEngine } from '../test/harness/engines/flux/start-flux-engine.ts'
import { lifeOfABuilder } from '../test/harness/engines/life-of-a-builder.ts'
import { startKptLive } from '../test/harness/engines/start-kpt-live.ts'
import type { Cluster } from '../test/harness/servers/cluster.ts'
import { say } from './say.ts'

const ENGINES: Readonly<Record<string, (cluster: Cluster) => Promise<Engine>>> = {
  argocd: startArgoCdEngine,
  flux: startFluxEngine,
  kpt: startKptLive,
}

const name = process.argv[2] ?? ''
const startEngine = ENGINES[name]
if (!startEngine) {
  process.stderr.write(`the engine must be one of ${Object.keys(ENGINES).join(', ')}, got "${name}"\n`)
  process.exit(2)
}
process.stdout.write('On a real API server with a stand-in for the kubelet.\n')
const stage = await startEngineStage(startEngine)
try {
  await lifeOfABuilder(stage, say)
} catch (error) {
  process.stdout.write(`\nThe demo failed: ${(error as Error).message}\n`)
  process.exitCode = 1
} finally {
  await stage.stop()
}
