import { podMistakes } from '../../upstream/kubernetes/pod-mistakes.ts'
import { templateOf } from '../example.ts'
import { placeInPatches } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

const variable = (env: object) => templateOf({ podSpecPatch: { containers: [{ name: 'buildkit', env: [env] }] } })
const valueFrom = { secretKeyRef: { name: 'proxy', key: 'url' } }

/** What a patch, or a patch after another, makes of a Pod. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A patch makes a Pod that the API server rejects.',
    why: 'A required field is missing, a name or a number is none, or two fields exclude each other, which a template and its Buildkit may set separately.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidatePodSpec',
    example: {
      wrong: variable({ name: 'HTTPS_PROXY', value: 'http://proxy:3128', valueFrom }),
      right: variable({ name: 'HTTPS_PROXY', valueFrom }),
    },
  }),
  of: 'builder',
  needs: 'patch',
  find: (builder) =>
    podMistakes(builder.blueprint.spec).map(({ steps, ...mistake }) => ({
      ...placeInPatches(builder, steps),
      ...mistake,
    })),
}
