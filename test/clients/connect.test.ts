import { after, before, suite, test } from 'node:test'
import { needs } from '../harness/servers/binaries.ts'
import { connecting } from './scenarios/connecting.ts'
import { failing } from './scenarios/failing.ts'
import { inCi } from './scenarios/in-ci.ts'
import { retrying } from './scenarios/retrying.ts'
import { secured } from './scenarios/secured.ts'
import { severalPods } from './scenarios/several-pods.ts'
import { severalPodsInCi } from './scenarios/several-pods-in-ci.ts'
import { type ClientStage, startClientStage } from './stage.ts'

const NOT_READY = {
  conditions: [
    {
      type: 'Ready',
      status: 'False',
      reason: 'ImagePullBackOff',
      message: 'Pod "slow-8bz7dkzltw": cannot pull its image',
      lastTransitionTime: '2026-11-24T12:00:00Z',
    },
  ],
}

const SCENARIOS = {
  ...connecting,
  ...secured,
  ...failing,
  ...inCi,
  ...retrying,
  ...severalPods,
  ...severalPodsInCi,
}

suite('connect.sh, with the permissions of examples/ci', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let stage: ClientStage
  before(async () => {
    stage = await startClientStage()
    await stage.report('shop', { endpoint: 'tcp://10.0.0.9:1234' })
    await stage.report('shop-arm64', { endpoint: 'tcp://[fd00::9]:1234' })
    await stage.report('secure', { endpoint: 'tcp://10.0.0.8:1234', tlsServerName: 'secure.builders.svc' })
    await stage.report('slow', NOT_READY)
    await stage.report('new', {})
    const secret = ['--from-literal=ca.crt=CA', '--from-literal=tls.crt=CERTIFICATE', '--from-literal=tls.key=KEY']
    for (const name of ['ci-client', 'other'])
      await stage.cluster.kubectl(['create', 'secret', 'generic', name, '--namespace=builders', ...secret])
  })
  after(() => stage?.stop())
  for (const [name, scenario] of Object.entries(SCENARIOS)) test(name, () => scenario(stage))
})
