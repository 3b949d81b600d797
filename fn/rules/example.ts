/** A template with this `buildkitdToml`, for the examples of rules. */
export function templateWith(toml: string, image?: string): string {
  const settings = image ? `  image: ${image}\n` : ''
  return `kind: BuildkitTemplate\nspec:\n${settings}  buildkitdToml: |\n${toml.replace(/^(?=.)/gm, '    ')}`
}
