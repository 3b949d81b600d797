/** The label of a box in a flowchart of Mermaid: lines in which nothing has a meaning. */
export function boxOf(lines: readonly string[]): string {
  const escaped = lines.map((line) => line.replace(/[^\w ./-]/g, (character) => `#${character.codePointAt(0)};`))
  return `"${escaped.join('<br/>')}"`
}
