import type { Blueprint } from './blueprint.ts'
import type { Builder } from './resolve.ts'
import { fieldResult, type Result } from './results.ts'

/** A warning for every request and limit that the template's `maximum` lowered; about the template where the Buildkit asked for nothing. */
export function capResults({ buildkit, template }: Builder, { caps }: Blueprint): Result[] {
  const source = buildkit.value.spec.resources ? buildkit : template
  const prefix = source === buildkit ? 'spec.resources' : 'spec.resources.default'
  return caps.map(({ field, from, to }) => {
    const message = `must be at most the ${to} that template "${template.value.metadata.name}" allows; "${from}" was lowered to "${to}"`
    return fieldResult('warning', source.item, {
      path: `${prefix}.${field}`,
      message,
      currentValue: from,
      proposedValue: to,
    })
  })
}
