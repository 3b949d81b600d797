import type { BuilderCluster } from './cluster-with-controller.ts'

/** Ends buildkitd of a Pod without a signal that it could answer, as a node does that is out of memory. */
export async function killBuildkitd({ node }: BuilderCluster, pod: string): Promise<void> {
  const { status } = JSON.parse(await node.kubectl(['get', 'pod', pod, '-o', 'json']))
  await node.ctr('tasks', 'kill', '--signal=9', status.containerStatuses[0].containerID.replace('containerd://', ''))
}
