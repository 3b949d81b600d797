import { keyText } from '../../results/toml-texts.ts'
import type { KeyPath } from '../../toml/key-positions.ts'
import { isTomlTable } from '../../toml/values-at.ts'
import { MISTAKES_MAX } from '../../upstream/buildkit/mistakes-in.ts'
import { type Breach, breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import type { PackageFacts, TemplateFacts } from '../facts/facts.ts'
import { type PodMap, podMaps } from '../facts/pod-maps.ts'
import type { Rule } from '../rule.ts'

const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute'

/** As Flux's envsubst reads a variable, with what may stand for a default; `$${x}` is text. */
const VARIABLE = /(?<!\$)\$\{[A-Za-z_]\w*(?::?[-=+?][^}]*)?\}/

/** In images and labels such a text is no image and no label: BK531, BK503, BK511. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A Flux variable is in a field that only reaches Pods, where nothing replaces it.',
    why: 'Pods are rendered before Flux substitutes variables (`postBuild`), and an annotation keeps Flux from substituting in Pods, because their name is a hash of their content. buildkitd reads the variable literally. Flux replaces it only in the Buildkit or template that it applies, which changes no Pod.',
    source: 'fluxcd/pkg kustomize v1.35.7, kustomize_varsub.go, SubstituteVariables; fn/render/engine-annotations.ts',
    example: {
      wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [registry."docker.io"]
      mirrors = ["\${MIRROR}"]
`,
      right: templateOfToml('[registry."docker.io"]\n  mirrors = ["mirror.example.com"]\n'),
    },
  }),
  of: 'package',
  find: (facts) => [...facts.templates.flatMap(inToml), ...inTexts(facts)],
}

/** A user's own annotation may have Flux substitute in Pods too. */
function isSubstituted({ spec }: TemplateFacts): boolean {
  return (spec.podAnnotations?.[SUBSTITUTE] ?? 'disabled') !== 'disabled'
}

function inToml(template: TemplateFacts): readonly Breach[] {
  const { toml } = template
  if (!toml || 'error' in toml || !toml.text.includes('${') || isSubstituted(template)) return []
  const { item } = template.template
  const found = [...textsIn(toml.value)].flatMap(({ text, place }) => {
    const variable = VARIABLE.exec(text)?.[0]
    return variable === undefined ? [] : [{ variable, path: pathOf(place) }]
  })
  const placed = found.slice(0, MISTAKES_MAX).map((one) => ({ ...one, at: toml.positions.offsetOf(one.path) }))
  return placed
    .sort((a, b) => a.at - b.at)
    .map(({ variable, path }) => {
      return { item, ...breachAt({ toml, path }, `\`${keyText(path)}\` ${messageOf(variable)}`) }
    })
}

/** A key or a text of a document, and the keys that lead to it, the last first: tables may be nested without end. */
interface TextAt {
  readonly text: string
  readonly place: Place
}

interface Place {
  readonly key: string | number
  readonly within: Place | undefined
}

function* textsIn(value: unknown): Generator<TextAt> {
  const left: { readonly value: unknown; readonly place: Place | undefined }[] = [{ value, place: undefined }]
  for (let one = left.pop(); one; one = left.pop()) {
    const { place } = one
    if (typeof one.value === 'string' && place) yield { text: one.value, place }
    for (const [key, inner] of entriesOf(one.value)) {
      const at = { key, within: place }
      if (typeof key === 'string') yield { text: key, place: at }
      left.push({ value: inner, place: at })
    }
  }
}

function pathOf(place: Place): KeyPath {
  const path: (string | number)[] = []
  for (let at: Place | undefined = place; at; at = at.within) path.push(at.key)
  return path.reverse()
}

function entriesOf(value: unknown): Iterable<readonly [string | number, unknown]> {
  if (Array.isArray(value)) return value.entries()
  return isTomlTable(value) ? Object.entries(value) : []
}

function inTexts(facts: PackageFacts): readonly Breach[] {
  return [...podMaps(facts, 'annotations'), ...facts.templates.flatMap(tracesOf)].flatMap(({ item, path, map }) => {
    if ((map[SUBSTITUTE] ?? 'disabled') !== 'disabled') return []
    return Object.entries(map).flatMap(([key, currentValue]) => {
      const variable = VARIABLE.exec(currentValue)?.[0]
      return variable === undefined ? [] : [{ item, path: [...path, key], message: messageOf(variable), currentValue }]
    })
  })
}

/** What a template says of its traces. */
function tracesOf(template: TemplateFacts): readonly PodMap[] {
  const { otlp } = template.spec.observability
  if (!otlp || isSubstituted(template)) return []
  const { item } = template.template
  const path = ['spec', 'observability', 'otlp']
  return [
    { item, path, map: { serviceName: otlp.serviceName } },
    { item, path: [...path, 'resourceAttributes'], map: otlp.resourceAttributes ?? {} },
  ]
}

function messageOf(variable: string): string {
  return `must not contain a Flux variable; nothing replaces "${variable}" in a rendered Pod; write its value`
}
