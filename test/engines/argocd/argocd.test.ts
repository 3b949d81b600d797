import { after, before, suite, test } from 'node:test'
import { type ArgoCdStage, startArgoCdStage } from '../../harness/engines/argocd/argocd-stage.ts'
import { lifeOfABuilder } from '../../harness/engines/life-of-a-builder.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { DRIFT } from './drift-scenarios.ts'
import { HEALTH } from './health-scenarios.ts'
import { HYDRATOR } from './hydrator-scenarios.ts'
import { PLUGIN } from './plugin-scenarios.ts'
import { ROLL } from './roll-scenarios.ts'
import { tenThousandFiles } from './ten-thousand-files.ts'

const SCENARIOS = { ...ROLL, ...HEALTH, ...DRIFT, ...PLUGIN, ...HYDRATOR }

suite('under Argo CD', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager', 'argocd', 'redis-server'),
}, () => {
  let stage: ArgoCdStage
  before(async () => {
    stage = await startArgoCdStage()
  })
  after(() => stage.stop())

  test('a builder lives from its creation to its end', (t) => lifeOfABuilder(stage, (text) => t.diagnostic(text)))

  suite('side by side', { concurrency: true }, () => {
    for (const [name, scenario] of Object.entries(SCENARIOS)) test(name, () => scenario(stage))
  })

  test('ten thousand files are rendered before Argo CD gives up', (t) =>
    tenThousandFiles(stage, (text) => t.diagnostic(text)))
})
