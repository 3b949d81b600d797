import type { KubernetesObject, Source } from '../input/item.ts'
import type { Origin } from '../input/orchestrator-annotations.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import type { Plan, Wanted } from './plan.ts'
import type { Builder } from './resolve.ts'
import type { Selection } from './select.ts'

/**
 * An error for each Pod whose file a kustomization beside it leaves out, where Pods are files of the package: an engine would apply a Buildkit
 * whose Pod never comes.
 */
export function leftOutOfKustomizations({ wanted }: Plan, { kustomizations }: Selection): Finding[] {
  return kustomizations.flatMap((kustomization) => wanted.flatMap((one) => leftOut(kustomization, one)))
}

function leftOut(kustomization: Source<KubernetesObject>, { builder, pods }: Wanted): readonly Finding[] {
  const files = new Map(pods.map(({ origin }) => [origin?.path, origin]))
  return [...files.values()].flatMap((origin) => fileLeftOut(kustomization, builder, origin))
}

function fileLeftOut(
  { item, value }: Source<KubernetesObject>,
  builder: Builder,
  origin: Origin | undefined,
): readonly Finding[] {
  const buildkit = builder.buildkit.item.origin
  if (!origin || !buildkit || !item.origin || item.origin.packagePath !== buildkit.packagePath) return []
  const folder = item.origin.path.slice(0, item.origin.path.lastIndexOf('/') + 1)
  const resources = (Array.isArray(value.resources) ? value.resources : []).map((one) => joined(folder, String(one)))
  if (!resources.includes(buildkit.path) || resources.includes(origin.path)) return []
  const line = relative(folder, origin.path)
  const { name } = builder.buildkit.value.metadata
  const message = `must list "${line}" too, or the Pod of Buildkit "${name}" is never applied; add the line \`- ${line}\``
  return [fieldFinding('error', item, { path: ['resources'], message, proposedValue: line })]
}

function joined(folder: string, resource: string): string {
  const parts: string[] = []
  for (const part of `${folder}${resource}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return `${folder.startsWith('/') ? '/' : ''}${parts.join('/')}`
}

function relative(folder: string, path: string): string {
  const from = folder.split('/').slice(0, -1)
  const to = path.split('/')
  const differs = from.findIndex((part, at) => part !== to[at])
  const shared = differs < 0 ? from.length : differs
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}
