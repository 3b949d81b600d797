import process from 'node:process'
import { startArgoCdEngine } from '../test/engines/argocd/argocd-engine.ts'
import type { Engine } from '../test/engines/engine.ts'
import { startEngineStage } from '../test/engines/engine-stage.ts'
import { startFluxEngine } from '../test/engines/flux/start-flux-engine.ts'
import { startKptLive } from '../test/engines/kpt-live/start-kpt-live.ts'
import { lifeOfABuilder } from '../test/engines/life-of-a-builder.ts'
import type { Cluster } from '../test/servers/cluster.ts'
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
