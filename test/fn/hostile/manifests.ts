/** So many times a text, or what is made of each number. */
export function times(count: number, text: string | ((at: number) => string)): string {
  return Array.from({ length: count }, (_, at) => (typeof text === 'string' ? text : text(at))).join('')
}

/** A template with `spec` as its lines. */
export function template(spec: string, metadata = ''): string {
  return `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata:\n  name: t\n${metadata}spec:\n${spec}`
}

/** A Buildkit of that template with `spec` as its lines. */
export function buildkit(spec = '', name = 'b'): string {
  return `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata:\n  name: ${name}\nspec:\n  template: t\n${spec}`
}

/** A template with a `buildkitdToml` as a literal. */
export function toml(text: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? '' : `    ${line}`))
  return template(`  buildkitdToml: |\n${lines.join('\n')}\n`)
}

/** The same as JSON, which can hold every character. */
export function tomlInJson(text: string): string {
  const object = { apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'BuildkitTemplate', metadata: { name: 't' } }
  return `${JSON.stringify({ ...object, spec: { buildkitdToml: text } })}\n`
}

/** A Buildkit whose `spec` has something more on its line, in the style of JSON. */
export function flow(more: string): string {
  return `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata:\n  name: b\nspec: ${more}`
}
