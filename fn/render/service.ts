import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { BUILDKIT_LABEL, labelValueOf, PORT_NAME, SERVICE_ANNOTATIONS_ANNOTATION } from '../../crds/names.ts'

/** The `spec` of the Service of a Buildkit; undefined where its template asks for none. */
export function serviceSpec(
  { spec: { service, port } }: BuildkitTemplate,
  buildkitName: string,
): Readonly<Record<string, unknown>> | undefined {
  if (!service) return undefined
  return {
    type: service.type ?? 'ClusterIP',
    selector: { [BUILDKIT_LABEL]: labelValueOf(buildkitName) },
    ports: [{ name: PORT_NAME, protocol: 'TCP', port: service.port ?? port, targetPort: PORT_NAME }],
  }
}

/** The annotations of a template's Services. */
export function serviceAnnotations({ spec: { service } }: BuildkitTemplate): Readonly<Record<string, string>> {
  const own = Object.entries(service?.annotations ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  if (own.length === 0) return {}
  return { ...Object.fromEntries(own), [SERVICE_ANNOTATIONS_ANNOTATION]: own.map(([key]) => key).join(',') }
}
