import type { FieldIssue } from '../crds/validate.ts'
import { fieldResult, type Result } from './results.ts'
import type { Selection } from './select.ts'

/** A warning for every field that is valid and will surprise: once for each object, whoever uses it. */
export function advice({ buildkits, templates }: Selection): Result[] {
  return [
    ...templates.flatMap(({ item, value: { spec } }) => {
      const issues = [
        ...claimsAdvice('spec.resources.default', spec.resources.default),
        ...restartAdvice(spec.lifecycle),
      ]
      return issues.map((issue) => fieldResult('warning', item, issue))
    }),
    ...buildkits.flatMap(({ item, value: { spec } }) =>
      claimsAdvice('spec.resources', spec.resources).map((issue) => fieldResult('warning', item, issue)),
    ),
  ]
}

/** The API server refuses a container's claims that its Pod does not declare, and a template has no field for that. */
function claimsAdvice(
  path: string,
  resources: { readonly claims?: readonly unknown[] | undefined } | undefined,
): FieldIssue[] {
  if (!resources?.claims?.length) return []
  return [
    {
      path: `${path}.claims`,
      message: 'has no effect: a template cannot declare the `resourceClaims` of a Pod; remove it',
    },
  ]
}

function restartAdvice({ restartPolicy }: { readonly restartPolicy?: string | undefined }): FieldIssue[] {
  if (!restartPolicy || restartPolicy === 'Always') return []
  const message = `must be "Always" where Argo CD applies the Pod, got "${restartPolicy}"; Argo CD shows any other Pod as Progressing for as long as it runs`
  return [{ path: 'spec.lifecycle.restartPolicy', message, currentValue: restartPolicy, proposedValue: 'Always' }]
}
