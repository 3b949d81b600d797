import { API_VERSION } from '../../crds/names.ts'

interface Builders {
  /** The image of the one template. */
  readonly image: string
  readonly names: readonly string[]
}

/** A package as users write it: a template, and a Buildkit for each name. */
export function manifestsOf({ image, names }: Builders): string {
  const template = `apiVersion: ${API_VERSION}
kind: BuildkitTemplate
metadata:
  name: small
  namespace: default
spec:
  image: ${image}
`
  const buildkits = names.map(
    (name) => `apiVersion: ${API_VERSION}
kind: Buildkit
metadata:
  name: ${name}
  namespace: default
spec:
  template: small
`,
  )
  return [template, ...buildkits].join('---\n')
}
