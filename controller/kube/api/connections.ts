import type { Agent } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import type { Access, Identity } from './access.ts'
import { createAgent } from './create-agent.ts'

/** `watch`: each call has a connection of its own. */
export type Lane = 'calls' | 'lease' | 'watch'

/** Connections of one lane that prove the same identity. */
export interface Pool {
  readonly agent: Agent
  /** When an answer last began, by `performance.now()`. */
  answeredAt: number
}

export interface Connections {
  /** What to send a call over. With another certificate or CA come other connections; the old ones end with their calls. */
  readonly poolFor: (lane: Lane, identity: Identity) => Pool
  /** From now on no call is sent over a connection that is already open. */
  readonly retire: () => void
  /**
   * To be said when a call that was sent over `pool` at `sentAt` has timed out: `retire`, and where the pool has had no answer since, everything
   * under way in it ends at once. A partition takes all connections with it without a word, and no other call must wait for one.
   */
  readonly distrust: (pool: Pool, sentAt: number) => void
  /** Ends every connection that is not retired. */
  readonly close: () => void
}

const MAX_SOCKETS = { calls: 16, lease: 2 }

export function createConnections({ server, proxyEnv }: Access, connectMilliseconds: number): Connections {
  const pools = new Map<Lane, Pool>()
  let tls: Identity['tls'] = {}

  function retire(): void {
    for (const { agent } of pools.values()) retireAgent(agent)
    pools.clear()
  }

  function openPool(lane: Lane): Pool {
    const limits = { connectMilliseconds, ...(lane === 'watch' ? {} : { maxSockets: MAX_SOCKETS[lane] }) }
    const pool = { agent: createAgent(server, { ...tls, ...(proxyEnv && { proxyEnv }) }, limits), answeredAt: 0 }
    pools.set(lane, pool)
    return pool
  }

  return {
    poolFor: (lane, identity) => {
      if (!isDeepStrictEqual(identity.tls, tls)) retire()
      tls = identity.tls
      return pools.get(lane) ?? openPool(lane)
    },
    retire,
    distrust: (pool, sentAt) => {
      if ([...pools.values()].includes(pool)) retire()
      if (pool.answeredAt < sentAt) pool.agent.destroy()
    },
    close: () => {
      for (const { agent } of pools.values()) agent.destroy()
    },
  }
}

/** Its idle connections end now, the others as soon as they are idle. */
function retireAgent(agent: Agent): void {
  agent.maxFreeSockets = 0
  for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
}
