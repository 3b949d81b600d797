import { isMapping, type KubernetesObject } from '../input/item.ts'
import type { Contents } from './expand.ts'

type Labels = Readonly<Record<string, string>>

interface Selected {
  /** Of the Pods in Git that it is to select. */
  readonly labelsOfPods: readonly Labels[]
  /** Those that rendering gave them. */
  readonly ours: Labels
}

/**
 * A Service or PodDisruptionBudget that keeps the labels of others in the selector that it has in Git, such as those of `includeSelectors`
 * of kustomize. It keeps them only beside Pods that have them: the next Pods have none of them.
 */
export function withLabelsOfOthers(contents: Contents, { spec }: KubernetesObject, selected: Selected): Contents {
  const { selector } = contents.spec
  const former = isMapping(spec) ? spec.selector : undefined
  if (!isMapping(selector)) return contents
  const { matchLabels } = selector
  const merged = isMapping(matchLabels)
    ? {
        ...selector,
        matchLabels: { ...matchLabels, ...ofOthers(isMapping(former) ? former.matchLabels : {}, selected) },
      }
    : { ...selector, ...ofOthers(former, selected) }
  return { ...contents, spec: { ...contents.spec, selector: merged } }
}

function ofOthers(labels: unknown, { labelsOfPods, ours }: Selected): Labels {
  const entries = isMapping(labels) ? Object.entries(labels) : []
  const isOfOther = (entry: readonly [string, unknown]): entry is [string, string] =>
    !Object.hasOwn(ours, entry[0]) &&
    labelsOfPods.every((pod) => Object.hasOwn(pod, entry[0]) && pod[entry[0]] === entry[1])
  return Object.fromEntries(entries.filter(isOfOther))
}
