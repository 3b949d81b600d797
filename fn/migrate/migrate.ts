import { DEFAULT_CONFIG } from '../config/render-config.ts'
import { type Item, isMapping, type KubernetesObject } from '../input/item.ts'
import { documentItem } from '../input/item-of-text.ts'
import { decide } from '../output/render.ts'
import { isBookkeeping } from '../render/reserved-keys.ts'
import type { Selection } from '../render/select.ts'
import { type Finding, hasError, inputFinding, isProblem } from '../results/finding.ts'
import { counted, sorted } from '../results/findings.ts'
import { emit } from '../yaml/emit.ts'
import { byHandFindings } from './by-hand.ts'
import { differences } from './differences.ts'
import {
  adoptionScript,
  hasNamesOfACluster,
  type OperatorsPod,
  operatorsPods,
  podObjectsOf,
  withoutOperatorsImage,
} from './operators-pods.ts'
import { remarks, sourcesIn } from './remarks.ts'
import type { PackageFile } from './write-package.ts'

/** What becomes of the operator's objects; with an error among the results there are no files and no script. */
export interface Migration {
  readonly files: readonly PackageFile[]
  /** The lines of a shell script. */
  readonly script: readonly string[]
  readonly results: readonly Finding[]
  readonly counts: { readonly buildkits: number; readonly templates: number; readonly pods: number }
}

/** The Buildkits and templates of a cluster as a package for Git, what will be different, and how its Pods are taken over. */
export function migrate(items: readonly Item[]): Migration {
  const sources = sourcesIn(items)
  const { live, pods, broken } = sources
  // Judged as they will be rendered, so that whatever comes out of here can be.
  const { selection, results } = decide([...live.map(forGit), ...broken], DEFAULT_CONFIG)
  // Infos are for when it is rendered; here they would stand between what is different.
  const mistakes = results.filter(isProblem)
  const found = operatorsPods(objectsOf(live), objectsOf(pods))
  const adopted = found.filter(hasNamesOfACluster)
  const unnamed = found.filter((pod) => !hasNamesOfACluster(pod)).map(leftOut)
  const all = counted(
    sorted(
      [
        ...mistakes,
        ...remarks(sources),
        ...unnamed,
        ...differencesIn(selection, live),
        ...byHandIn(selection, objectsOf(pods)),
      ],
      [],
    ),
  )
  const counts = { buildkits: selection.buildkits.length, templates: selection.templates.length, pods: adopted.length }
  if (hasError(all)) return { files: [], script: [], results: all, counts }
  return { files: filesOf(selection), script: adoptionScript(adopted), results: all, counts }
}

function leftOut({ name, buildkit }: OperatorsPod): Finding {
  const message = `must be DNS names, got Pod ${JSON.stringify(name)} of Buildkit ${JSON.stringify(buildkit)}, which is left out of the commands`
  return inputFinding('warning', message)
}

function forGit({ text, object, origin }: Item): Item {
  return documentItem(object ? emit(withoutOperatorsImage(cleaned(object)), 0) : text, origin && { origin })
}

function objectsOf(items: readonly Item[]): readonly KubernetesObject[] {
  return items.flatMap(({ object }) => (object ? [object] : []))
}

function differencesIn({ templates, buildkits }: Selection, live: readonly Item[]): readonly Finding[] {
  return templates.flatMap((template) => {
    const { name, namespace } = template.value.metadata
    const mine = buildkits.filter(({ value }) => value.metadata.namespace === namespace && value.spec.template === name)
    const { object } = live[template.at] as Item
    return object ? differences({ template, live: object, buildkits: mine.map(({ value }) => value) }) : []
  })
}

function byHandIn({ templates, buildkits }: Selection, pods: readonly KubernetesObject[]): readonly Finding[] {
  return templates.flatMap((template) => {
    const { name, namespace } = template.value.metadata
    const mine = buildkits.filter(({ value }) => value.metadata.namespace === namespace && value.spec.template === name)
    return byHandFindings(
      template,
      podObjectsOf(
        mine.map(({ value }) => value),
        pods,
      ),
    )
  })
}

/** One for each object, in a folder for each namespace; templates come first, since Buildkits need them. */
function filesOf({ templates, buildkits }: Selection): readonly PackageFile[] {
  const files = [...templates, ...buildkits].map(({ item, value: { kind, metadata } }) => {
    const { namespace, name } = metadata
    const folder = namespace === undefined ? '' : `${namespace}/`
    return { folder, path: `${folder}${kind.toLowerCase()}_${name}.yaml`, text: item.text }
  })
  return files.sort((a, b) => Number(a.folder > b.folder) - Number(a.folder < b.folder))
}

/** An object of a cluster as it belongs into Git: without its status, and without what the API server and tools wrote on it. */
function cleaned({ apiVersion, kind, metadata, spec }: KubernetesObject): KubernetesObject {
  const { name, namespace, labels, annotations, ownerReferences } = metadata
  return {
    apiVersion,
    kind,
    metadata: {
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      ...withoutBookkeeping('labels', labels),
      ...withoutBookkeeping('annotations', annotations),
      ...(ownerReferences !== undefined && { ownerReferences }),
    },
    ...(spec !== undefined && { spec }),
  }
}

/** One field of `metadata`, if anything is left of it; what is no mapping stays for the schema to refuse. */
function withoutBookkeeping(field: string, map: unknown): object {
  if (!isMapping(map)) return map === undefined ? {} : { [field]: map }
  const rest = Object.entries(map).filter(([key]) => !isBookkeeping(key))
  return rest.length > 0 ? { [field]: Object.fromEntries(rest) } : {}
}
