import { after, before, suite, test } from 'node:test'
import { needs } from '../../harness/servers/binaries.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { ECONOMY } from './economy.ts'
import { INTRUDERS } from './intruders.ts'
import { RENEWAL } from './renewal.ts'
import { REPLICAS } from './replicas.ts'
import { STATUS_EDITS } from './status-edits.ts'

const TABLES = {
  'users who may create Pods or Buildkits': INTRUDERS,
  'users who may write statuses': STATUS_EDITS,
  'what a builder costs': { ...ECONOMY, ...RENEWAL },
  'the Pods of a Buildkit with replicas': REPLICAS,
}

suite('interference with the controller', { skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kstatus') }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage(['--handover-grace=3s', '--deletion-quarantine=1s'], { user: 'controller', audit: true })
  })
  after(() => stage.stop())
  for (const [title, scenarios] of Object.entries(TABLES)) {
    // Each of them asks for a status all the time, as an admin, for whom an API server leaves everybody else waiting.
    suite(title, { concurrency: 6 }, () => {
      for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
    })
  }
})
