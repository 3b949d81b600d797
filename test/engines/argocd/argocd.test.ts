import { after, before, suite, test } from 'node:test'
import { needs } from '../../servers/binaries.ts'
import { lifeOfABuilder } from '../life-of-a-builder.ts'
import { type ArgoCdStage, startArgoCdStage } from './argocd-stage.ts'
import { DRIFT } from './drift-scenarios.ts'
import { HEALTH } from './health-scenarios.ts'
import { PLUGIN } from './plugin-scenarios.ts'
import { ROLL } from './roll-scenarios.ts'

suite('under Argo CD', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager', 'argocd', 'redis-server'),
  concurrency: true,
}, () => {
  let stage: ArgoCdStage
  before(async () => {
    stage = await startArgoCdStage()
  })
  after(() => stage.stop())
  test('a builder lives from its creation to its end', (t) => lifeOfABuilder(stage, (text) => t.diagnostic(text)))
  for (const [name, scenario] of Object.entries({ ...ROLL, ...HEALTH, ...DRIFT, ...PLUGIN }))
    test(name, (t) => scenario(stage, (text) => t.diagnostic(text)))
})
