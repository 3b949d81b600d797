import { pathText } from '../../crds/issues/field-path.ts'
import { grouped } from '../common/collections.ts'
import type { CacheKind } from '../diff/cache-of.ts'
import { amountOf, resourceNames } from '../diff/demand-in-words.ts'
import { RANK } from '../results/finding.ts'
import { plural } from '../results/words.ts'
import { byteText } from '../upstream/buildkit/amount.ts'
import type { Node, ObjectNode, PackageTree, PodSize, TemplateNode } from './package-tree.ts'

/** A line, and what is below it. */
interface Branch {
  readonly text: string
  readonly branches: readonly Branch[]
}

/** A tree for terminals. */
export function treeLines({ templates, withoutPod }: PackageTree): readonly string[] {
  const branches = [
    ...templates.map(templateBranch),
    ...withoutPod.map((one) => ({
      text: `Buildkit ${one.name}: no Pod${findingsInWords(one)}`,
      branches: errorLeaves(one),
    })),
  ]
  return branches.flatMap(({ text, branches: below }) => [text, ...linesBelow(below, '')])
}

function linesBelow(branches: readonly Branch[], indent: string): readonly string[] {
  return branches.flatMap(({ text, branches: below }, at) => {
    const isLast = at === branches.length - 1
    const inside = `${indent}${isLast ? '   ' : '│  '}`
    return [`${indent}${isLast ? '└─ ' : '├─ '}${text}`, ...linesBelow(below, inside)]
  })
}

function templateBranch(template: TemplateNode): Branch {
  const { name, mode, pod, builders, shared } = template
  const about = [mode, ...(pod ? sizeInWords(pod) : ['no Buildkits'])].join(', ')
  return {
    text: `BuildkitTemplate ${name}: ${about}${findingsInWords(template)}`,
    branches: [
      ...errorLeaves(template),
      ...shared.map((one) => leaf(objectInWords(one))),
      ...builders.map((one) => ({
        text: `Buildkit ${one.name}${findingsInWords(one)}`,
        branches: [...errorLeaves(one), ...one.objects.map((object) => leaf(objectInWords(object)))],
      })),
    ],
  }
}

/** Errors in full, because they keep the package from being rendered. */
function errorLeaves({ findings }: Node): readonly Branch[] {
  const errors = findings.filter(({ severity }) => severity === 'error')
  return errors.map(({ path, message }) => leaf(`error: ${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`))
}

function leaf(text: string): Branch {
  return { text, branches: [] }
}

/** `cpu 2`, `memory 8Gi`, `cache of up to 80 GiB in an emptyDir`. */
export function sizeInWords({ requests, cache, cacheLimit }: PodSize): readonly string[] {
  const limit = cacheLimit === undefined ? '' : ` of up to ${byteText(cacheLimit)}`
  return [
    ...resourceNames([...requests.keys()]).map((name) => `${name} ${amountOf(requests, name)}`),
    `cache${limit} in ${CACHES[cache]}`,
  ]
}

const CACHES: Readonly<Record<CacheKind, string>> = {
  emptyDir: 'an emptyDir',
  ephemeral: 'an ephemeral volume',
  claim: 'a claim',
  hostPath: 'a hostPath',
}

function objectInWords({ kind, name, size }: ObjectNode): string {
  return `${kind} ${name}${size === undefined ? '' : `, ${size}`}`
}

/** `; 1 error, 2 warnings: BK301, BK405`. */
function findingsInWords({ findings }: Node): string {
  if (findings.length === 0) return ''
  const counts = [...grouped(findings, ({ severity }) => severity)]
    .sort(([a], [b]) => RANK[a] - RANK[b])
    .map(([severity, alike]) => plural(alike.length, severity))
  const rules = [...new Set(findings.flatMap(({ rule }) => (rule ? [rule.id] : [])))].sort()
  return `; ${counts.join(', ')}${rules.length > 0 ? `: ${rules.join(', ')}` : ''}`
}
