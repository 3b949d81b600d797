import type { ApiClient } from './kube/api/api-client.ts'
import type { History } from './kube/history.ts'
import { createElector, type Elector } from './kube/lease/elector.ts'
import type { Leader } from './lead.ts'
import type { Mandate } from './mandate.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Surroundings } from './surroundings.ts'

interface ElectionOptions {
  readonly metrics: Metrics
  readonly client: ApiClient
  readonly history: History
  readonly mandate: Mandate
}

/** Who leads: the holder of the Lease, or simply this process where there is only one. */
export function createElection(
  { lead }: Leader,
  { settings, log, identity, access }: Surroundings,
  { metrics, client, history, mandate }: ElectionOptions,
): Elector {
  const name = settings.leaseName
  const onLeading = (isLeading: boolean) => {
    metrics.leaderStatus.set({ name }, Number(isLeading))
    log.info({ ...(settings.leaderElect && { lease: name }), identity }, isLeading ? 'leads' : 'leads no more')
  }
  if (!settings.leaderElect) return onlyOne(lead, onLeading)
  metrics.leaderStatus.set({ name }, 0)
  return createElector({
    client,
    history,
    namespace: settings.leaseNamespace ?? access.namespace ?? 'default',
    name,
    identity,
    timings: settings.lease,
    lead,
    observer: {
      onLeading,
      onLost: mandate.revoke,
      onHolder: (holder) => {
        if (holder === identity) return
        const text = holder === '' ? 'the lease was released' : 'the lease has another holder'
        log.info({ lease: name, ...(holder && { holder }) }, text)
      },
      onError: (error) => log.warn({ lease: name, error }, 'could not renew or read the lease'),
    },
  })
}

function onlyOne(lead: Leader['lead'], onLeading: (isLeading: boolean) => void): Elector {
  return {
    mayWrite: () => true,
    run: async (signal) => {
      onLeading(true)
      await lead(signal)
      return 'released'
    },
  }
}
