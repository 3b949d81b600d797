/** A template with this `buildkitdToml`, for the examples of rules. */
export function templateWith(toml: string): string {
  return `kind: BuildkitTemplate\nspec:\n  buildkitdToml: |\n${toml.replace(/^(?=.)/gm, '    ')}`
}
