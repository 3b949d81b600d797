import { eventually, nextSecond } from '../test/harness/servers/eventually.ts'
import { columns, podName } from '../test/harness/servers/package.ts'
import { startStage } from '../test/harness/servers/stage.ts'
import { say, show } from './say.ts'

/** The same story without a node: this program reports what a kubelet reports. */
export async function onApiServer(): Promise<void> {
  const stage = await startStage(['--handover-grace=5s', '--deletion-quarantine=1s'])
  try {
    const pkg = await stage.createPackage()
    const [first, second] = [podName('builder', 1), podName('builder', 2)]
    const look = async () => {
      const args = ['get', 'buildkits,pods', '--namespace', pkg.namespace]
      show(`kubectl ${args.join(' ')}`, (await stage.cluster.kubectl(args)).stdout)
    }
    say('The controller runs. A Pod and its Buildkit are applied:')
    await pkg.applyPod('builder', first)
    await pkg.applyBuildkit('builder', first)
    await look()
    await pkg.runPod(first, '10.0.0.1')
    await eventually(columns(pkg, 'builder'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    say('The Pod is ready, and the controller publishes its endpoint:')
    await look()
    await nextSecond()
    await pkg.applyPod('builder', second)
    await pkg.applyBuildkit('builder', second)
    say('The template changes: a second Pod starts beside the first, which still serves:')
    await look()
    await pkg.runPod(second, '10.0.0.2')
    await eventually(columns(pkg, 'builder'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
    say('The second Pod is ready, and the endpoint moves:')
    await look()
    await eventually(pkg.pods, [`(${first})`, second].sort(), 30)
    await pkg.finishPod(first)
    say('After the handover grace the first Pod is deleted:')
    await look()
    await pkg.deleteBuildkit('builder')
    await eventually(pkg.pods, [`(${second})`], 90)
    await pkg.finishPod(second)
    say('Somebody deletes the Buildkit. The controller looks twice and deletes its Pod:')
    await look()
  } finally {
    await stage.stop()
  }
}
