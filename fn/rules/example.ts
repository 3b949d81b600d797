import { emitString } from '../yaml/emit.ts'

/** Manifests of a rule's example: objects, or the text where that is what matters. */
export type Example = string | readonly object[]

/** Several objects. */
export function manifests(...objects: readonly object[]): Example {
  return objects
}

/** A template with this `spec`. */
export function templateOf(spec: object): Example {
  return [{ kind: 'BuildkitTemplate', spec }]
}

/** A template with this `buildkitdToml`. */
export function templateOfToml(toml: string, image?: string): Example {
  return templateOf({ ...(image && { image }), buildkitdToml: toml })
}

/** An example as YAML. It is made where somebody reads it, because 300 of them would take their time at each start. */
export function exampleText(example: Example): string {
  if (typeof example === 'string') return example
  return example.map((object) => linesOf(object, '')).join('---\n')
}

function linesOf(object: object, pad: string): string {
  const lines = Object.entries(object).map(([key, value]) => `${pad}${emitString(key)}:${written(value, pad)}`)
  return lines.join('')
}

/** What follows a key. Lists of words are short enough for one line. */
function written(value: unknown, pad: string): string {
  if (typeof value === 'string') return value.includes('\n') ? literal(value, `${pad}  `) : ` ${emitString(value)}\n`
  if (typeof value !== 'object' || value === null) return ` ${value}\n`
  if (Object.keys(value).length === 0) return Array.isArray(value) ? ' []\n' : ' {}\n'
  if (!Array.isArray(value)) return `\n${linesOf(value, `${pad}  `)}`
  if (value.every((item) => typeof item === 'string')) return ` [${value.map(emitString).join(', ')}]\n`
  return `\n${value.map((item: object) => `${pad}- ${linesOf(item, `${pad}  `).trimStart()}`).join('')}`
}

function literal(text: string, pad: string): string {
  return ` |\n${text.replace(/^(?=.)/gm, pad)}`
}
