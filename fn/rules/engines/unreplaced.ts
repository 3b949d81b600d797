import { isTomlTable } from '../../toml/is-toml-table.ts'
import { keyText } from '../../toml/key-text.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import type { Breach } from '../breach.ts'
import { breachAt } from '../breach-at.ts'
import type { PackageFacts, TemplateFacts } from '../facts.ts'
import { podMaps } from '../kubernetes/pod-maps.ts'
import type { Rule } from '../rule.ts'

const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute'

/** As Flux's envsubst reads a variable, with what may stand for a default; `$${x}` is text. */
const VARIABLE = /(?<!\$)\$\{[A-Za-z_]\w*(?::?[-=+?][^}]*)?\}/

/** In images and labels such a text is no image and no label: BK531, BK503, BK511. */
export const UNREPLACED: Rule = {
  id: 'BK617',
  severity: 'warning',
  what: 'A variable of Flux is in `buildkitdToml` or an annotation of a Pod, where nothing replaces it.',
  why: 'Pods are rendered before Flux substitutes (`postBuild`), and they carry an annotation that keeps Flux from substituting in them, because their name is a hash of their content. buildkitd reads the variable literally. Flux replaces it only in the Buildkit or template that it applies, which changes no Pod.',
  source: 'fluxcd/pkg kustomize v1.35.7, kustomize_varsub.go, SubstituteVariables; fn/engine-annotations.ts',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [registry."docker.io"]
      mirrors = ["\${MIRROR}"]
`,
    right: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [registry."docker.io"]
      mirrors = ["mirror.example.com"]
`,
  },
  of: 'package',
  find: (facts) => [...facts.templates.flatMap(inToml), ...inAnnotations(facts)],
}

/** A user's own annotation may have Flux substitute in Pods too. */
function isSubstituted({ spec }: TemplateFacts): boolean {
  return (spec.podAnnotations?.[SUBSTITUTE] ?? 'disabled') !== 'disabled'
}

function inToml(template: TemplateFacts): readonly Breach[] {
  const { toml } = template
  if (!toml || 'error' in toml || !toml.text.includes('${') || isSubstituted(template)) return []
  const { item } = template.template
  const offset = ({ path }: TomlValue) => toml.positions.offsetOf(path)
  const texts = [...textsIn(toml)].filter(({ text }) => VARIABLE.test(text))
  const inOrder = texts.sort((a, b) => offset(a) - offset(b))
  return inOrder.map(({ text, ...value }) => {
    const variable = VARIABLE.exec(text)?.[0] ?? ''
    return { item, ...breachAt(value, `\`${keyText(value.path)}\` ${messageOf(variable)}`) }
  })
}

/** All keys and texts that may have one; without recursion, since headers may nest tables without end. */
function* textsIn(toml: TomlDocument): Generator<TomlValue & { readonly text: string }> {
  const left: TomlValue[] = [{ toml, path: [], value: toml.value }]
  for (let one = left.pop(); one; one = left.pop()) {
    const { path, value } = one
    if (typeof value === 'string') yield { ...one, text: value }
    for (const [key, inner] of entriesOf(value)) {
      const place = { toml, path: [...path, key], value: inner }
      if (typeof key === 'string') yield { ...place, text: key }
      left.push(place)
    }
  }
}

function entriesOf(value: unknown): Iterable<readonly [string | number, unknown]> {
  if (Array.isArray(value)) return value.entries()
  return isTomlTable(value) ? Object.entries(value) : []
}

function inAnnotations(facts: PackageFacts): readonly Breach[] {
  return podMaps(facts, 'annotations').flatMap(({ item, path, map }) => {
    if ((map[SUBSTITUTE] ?? 'disabled') !== 'disabled') return []
    return Object.entries(map).flatMap(([key, currentValue]) => {
      const variable = VARIABLE.exec(currentValue)?.[0]
      return variable === undefined ? [] : [{ item, path: [...path, key], message: messageOf(variable), currentValue }]
    })
  })
}

function messageOf(variable: string): string {
  return `must not have a variable, got "${variable}", which nothing replaces in a rendered Pod; write its value`
}
