import { customResourceDefinition } from '../../crds/generate/custom-resource-definition.ts'
import { KINDS } from '../../crds/generate/kinds.ts'

/** Fields that seatgeek/buildkit-operator's CRDs (at 9ff68a5) do not have, by the path of their properties. */
const NEW: Readonly<Record<string, readonly string[]>> = {
  'buildkits spec': ['podName'],
  'buildkits status': ['observedGeneration', 'podName', 'podSince', 'failures'],
}

// biome-ignore lint/suspicious/noExplicitAny: a CustomResourceDefinition, to be changed
type Definition = any

/**
 * The CRDs of the operator, as far as a migration may notice: ours without the fields and columns that are new, with its default
 * image, without a default for the drain script, and with conditions that are one atomic list.
 */
export function operatorsCrds(): readonly Definition[] {
  return KINDS.map((kind) => {
    const definition: Definition = structuredClone(customResourceDefinition(kind))
    const [version] = definition.spec.versions
    const { spec, status } = version.schema.openAPIV3Schema.properties
    for (const [field, schema] of Object.entries({ spec, status }))
      for (const name of NEW[`${definition.spec.names.plural} ${field}`] ?? [])
        delete (schema as Definition).properties[name]
    withItsDefaults(spec.properties, status)
    delete status.properties.conditions['x-kubernetes-list-type']
    delete status.properties.conditions['x-kubernetes-list-map-keys']
    delete version.selectableFields
    version.additionalPrinterColumns = [{ name: 'Template', type: 'string', jsonPath: '.spec.template' }]
    definition.spec.names.shortNames = [definition.spec.names.singular]
    delete definition.spec.names.categories
    return definition
  })
}

function withItsDefaults(spec: Definition, status: Definition): void {
  delete status.default
  if (!spec.image) return
  spec.image.default = 'moby/buildkit:latest'
  delete spec.lifecycle.properties.preStopScript.default
}
