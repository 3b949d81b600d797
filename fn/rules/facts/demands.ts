import { oncePer } from '../../common/collections.ts'
import { isMapping, mappingsIn } from '../../input/item.ts'
import { type Demand, type Quantities, quantitiesIn } from '../../upstream/kubernetes/demand.ts'
import type { Quantity } from '../../upstream/kubernetes/quantity.ts'

/** What a container of a Pod that nobody has validated asks for. */
function demandOf(container: Mapping): Demand {
  const { limits, requests } = isMapping(container.resources) ? container.resources : {}
  const limited = quantitiesIn(limits)
  return { limits: limited, requests: new Map([...limited, ...quantitiesIn(requests)]) }
}

/** What each container of a Pod asks for, those that only start it among them. */
export const demandsOf = oncePer((podSpec: Mapping): readonly Demand[] =>
  [...mappingsIn(podSpec.initContainers), ...mappingsIn(podSpec.containers)].map(demandOf),
)

/**
 * What a Pod asks for: all that runs at once, or more while it starts (`PodRequests` and `PodLimits` in
 * component-helpers/resource/helpers.go of Kubernetes v1.37.2).
 */
export const totalOf = oncePer((podSpec: Mapping): Demand => {
  const starting = mappingsIn(podSpec.initContainers)
  const isSidecar = ({ restartPolicy }: Mapping) => restartPolicy === 'Always'
  const atOnce = sumOf([...starting.filter(isSidecar), ...mappingsIn(podSpec.containers)].map(demandOf))
  return starting
    .filter((one) => !isSidecar(one))
    .map(demandOf)
    .reduce(
      (most, one) => ({ limits: greater(most.limits, one.limits), requests: greater(most.requests, one.requests) }),
      atOnce,
    )
})

function sumOf(demands: readonly Demand[]): Demand {
  return demands.reduce(
    (sum, one) => ({ limits: added(sum.limits, one.limits), requests: added(sum.requests, one.requests) }),
    {
      limits: NOTHING,
      requests: NOTHING,
    },
  )
}

const NOTHING: Quantities = new Map()

function added(a: Quantities, b: Quantities): Quantities {
  return merged(a, b, (one, other) => ({ ...one, amount: one.amount + other.amount }))
}

/** The larger of two amounts of each resource. */
export function greater(a: Quantities, b: Quantities): Quantities {
  return merged(a, b, (one, other) => (one.amount >= other.amount ? one : other))
}

function merged(a: Quantities, b: Quantities, merge: (one: Quantity, other: Quantity) => Quantity): Quantities {
  const both = [...b].map(([name, other]) => {
    const one = a.get(name)
    return [name, one ? merge(one, other) : other] as const
  })
  return new Map([...a, ...both])
}

type Mapping = Readonly<Record<string, unknown>>
