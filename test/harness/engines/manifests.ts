import { API_VERSION } from '../../../crds/names.ts'

interface Builders {
  /** The image of the one template. */
  readonly image: string
  readonly names: readonly string[]
  readonly namespace?: string
  /** More of the template's spec, in JSON. */
  readonly spec?: Readonly<Record<string, unknown>>
}

/** A package as users write it: a template, and a Buildkit for each name. */
export function manifestsOf({ image, names, namespace = 'default', spec = {} }: Builders): string {
  const template = `apiVersion: ${API_VERSION}
kind: BuildkitTemplate
metadata:
  name: small
  namespace: ${namespace}
spec: ${JSON.stringify({ image, ...spec })}
`
  const buildkits = names.map(
    (name) => `apiVersion: ${API_VERSION}
kind: Buildkit
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  template: small
`,
  )
  return [template, ...buildkits].join('---\n')
}
