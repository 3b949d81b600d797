/** The options of an annotation that is a comma list, as Argo CD reads it. */
export function optionsIn(value: string): readonly string[] {
  return value
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '')
}
