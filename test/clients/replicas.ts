/** Where the Pod of a revision serves for a replica. */
export const addressOf = (replica: number, revision = 0) => `tcp://10.0.${revision}.${replica}:1234`

/** What a controller reports of the replicas that serve, each with the Pod of a revision. */
export function statusOf(replicas: readonly number[], revision = 0) {
  const endpoints = replicas.map((replica) => ({
    podName: `many-${revision}-${replica}`,
    ...(replica > 0 && { replica }),
    address: addressOf(replica, revision),
  }))
  return { endpoint: addressOf(replicas[0] as number, revision), endpoints }
}
