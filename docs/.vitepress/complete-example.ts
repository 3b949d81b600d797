/**
 * The manifests of a rule's example with what the page leaves out because it is the same everywhere: of ours `apiVersion`, a name and the
 * template of a Buildkit, and a Buildkit where there is none. `text… 9 times` is repeated.
 */
export function completed(yaml: string): string {
  const manifests = repeated(yaml)
    .split(/^---\n/m)
    .map(named)
  const all = manifests.some((manifest) => /^kind: Buildkit$/m.test(manifest))
    ? manifests
    : [...manifests, named('kind: Buildkit\n')]
  return all.join('---\n')
}

function repeated(yaml: string): string {
  return yaml.replaceAll(/(\w+)… (\d+) times/g, (_, text: string, times: string) => text.repeat(Number(times)))
}

function named(manifest: string): string {
  const isOurs = !/^apiVersion:/m.test(manifest)
  const isBuildkit = isOurs && /^kind: Buildkit$/m.test(manifest)
  const lines = [
    ...(isOurs ? ['apiVersion: buildkit.seatgeek.io/v1alpha1'] : []),
    withName(manifest).trimEnd(),
    ...(isBuildkit && !/^spec:/m.test(manifest) ? ['spec:\n  template: example'] : []),
  ]
  const text = `${lines.join('\n')}\n`
  return isBuildkit && !/^ {2}template:/m.test(text) ? text.replace(/^spec:$/m, 'spec:\n  template: example') : text
}

function withName(manifest: string): string {
  if (!/^metadata:/m.test(manifest)) return manifest.replace(/^(kind: .*)$/m, '$1\nmetadata:\n  name: example')
  const [metadata = ''] = /^metadata:\n(?: .*\n?)*/m.exec(manifest) ?? []
  return /^ {2}name:/m.test(metadata) ? manifest : manifest.replace(/^metadata:$/m, 'metadata:\n  name: example')
}
