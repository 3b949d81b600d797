import { closest } from '../../../crds/closest.ts'
import type { Path } from '../../../crds/validate.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { NODE_TERMS, requiredNodeTerms } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

const LABELS = ['kubernetes.io/arch', 'beta.kubernetes.io/arch']

/** As Go names what Kubernetes' nodes are made for. */
const ARCHITECTURES =
  '386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x sparc64 wasm'.split(' ')

/** The same as `uname -m`, Docker and Debian have it. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
  armv8: 'arm64',
  armv8l: 'arm64',
  armv7: 'arm',
  armv7l: 'arm',
  armhf: 'arm',
  i386: '386',
  i686: '386',
  x86: '386',
  ppc64el: 'ppc64le',
}

/** Nodes that there are not. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'Builders require a CPU architecture that no node has.',
    why: 'A kubelet labels its node with the architecture as Go names it: "amd64" and "arm64", not "x86_64" and "aarch64" as `uname -m` does. The Pod stays Pending, and an autoscaler adds nodes that do not help, or none.',
    source:
      'kubernetes v1.37.2, pkg/kubelet/kubelet_node_status.go, initialNode; go.dev/doc/install/source#environment',
    example: {
      wrong: templateOf({ scheduling: { nodeSelector: { 'kubernetes.io/arch': 'x86_64' } } }),
      right: templateOf({ scheduling: { nodeSelector: { 'kubernetes.io/arch': 'amd64' } } }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: ({ spec: { scheduling } }) => [...selected(scheduling), ...required(scheduling)],
}

type Scheduling = TemplateFacts['spec']['scheduling']

function selected({ nodeSelector = {} }: Scheduling): readonly Breach[] {
  return LABELS.flatMap((label) => {
    const value = Object.hasOwn(nodeSelector, label) ? nodeSelector[label] : undefined
    return value === undefined ? [] : breachesOf([value], () => ['spec', 'scheduling', 'nodeSelector', label])
  })
}

/** One term is enough for a node, and one value of a condition. */
function required(scheduling: Scheduling): readonly Breach[] {
  const found = requiredNodeTerms(scheduling).map(({ matchExpressions = [] }, term) =>
    matchExpressions.flatMap(({ key, operator, values = [] }, at) =>
      LABELS.includes(key) && operator === 'In'
        ? breachesOf(values, (index) => [...NODE_TERMS, term, 'matchExpressions', at, 'values', index])
        : [],
    ),
  )
  return found.every((breaches) => breaches.length > 0) ? found.flat() : []
}

/** Nothing where a node can have one of the values. */
function breachesOf(values: readonly string[], pathOf: (index: number) => Path): readonly Breach[] {
  if (values.some((value) => ARCHITECTURES.includes(value))) return []
  return values.map((value, index) => {
    const proposedValue = meantBy(value)
    const must = proposedValue ? `"${proposedValue}"` : 'an architecture such as "amd64" or "arm64"'
    const message = `must be ${must}, got "${value}", which no node has`
    return { path: pathOf(index), message, currentValue: value, ...(proposedValue && { proposedValue }) }
  })
}

/** Without a system or a variant around it: "linux/arm64/v8". */
function meantBy(value: string): string | undefined {
  const name = value
    .trim()
    .toLowerCase()
    .replace(/^linux\//, '')
    .replace(/\/v\d$/, '')
  const meant = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : name
  return ARCHITECTURES.find((one) => one === meant) ?? closest(name, ['amd64', 'arm64'])
}
