import * as z from 'zod/mini'
import { NAME_LENGTH_MAX } from '../dns-subdomain.ts'
import { API_VERSION, GROUP } from '../names.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Kind } from './kinds.ts'
import { structural } from './structural.ts'

/** For `kubectl get` of both kinds; were it "buildkit", kubectl would take `get buildkit NAME` for a category and refuse the name. */
const CATEGORY = 'buildkit-gitops'

/** The CustomResourceDefinition (`apiextensions.k8s.io/v1`) of a kind. */
export function customResourceDefinition({ kind, schema, shortNames, columns, selectableFields }: Kind) {
  const singular = kind.toLowerCase()
  const plural = `${singular}s`
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      names: { kind, listKind: `${kind}List`, plural, singular, shortNames, categories: [CATEGORY] },
      scope: 'Namespaced',
      versions: [
        {
          name: API_VERSION.slice(GROUP.length + 1),
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          ...(selectableFields.length > 0 && { selectableFields: selectableFields.map((jsonPath) => ({ jsonPath })) }),
          schema: { openAPIV3Schema: rootSchema(schema) },
        },
      ],
    },
  }
}

/** The API server itself checks what every object has; a schema may only say more about the name. */
function rootSchema(schema: z.ZodMiniType): JsonSchema {
  const json = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) as JsonSchema
  const { apiVersion, kind, metadata, ...own } = json.properties ?? {}
  const name = metadata?.properties?.name
  const isShort = name?.maxLength !== undefined && name.maxLength < NAME_LENGTH_MAX
  const required = json.required?.filter((field) => field in own) ?? []
  return {
    description: json.description ?? '',
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: {
      apiVersion: { description: apiVersion?.description ?? '', type: 'string' },
      kind: { description: kind?.description ?? '', type: 'string' },
      metadata: {
        type: 'object',
        ...(isShort && { properties: { name: { type: 'string', maxLength: name.maxLength } } }),
      },
      ...structural({ properties: own }).properties,
    },
  }
}
