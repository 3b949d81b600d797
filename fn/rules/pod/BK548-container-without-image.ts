import { templateOf } from '../example.ts'
import { containersOf, placeInPatches } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

/** A container of nothing, or one whose name is misspelled. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A patch adds a container without an image.',
    why: 'The API server rejects the Pod. The container of the builder is called `buildkit`: a patch under any other name adds a container.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validateContainerCommon',
    example: {
      wrong: templateOf({ podSpecPatch: { containers: [{ name: 'buildkitd', env: [{ name: 'TZ', value: 'UTC' }] }] } }),
      right: templateOf({ podSpecPatch: { containers: [{ name: 'buildkit', env: [{ name: 'TZ', value: 'UTC' }] }] } }),
    },
  }),
  of: 'builder',
  needs: 'patch',
  find: (builder) =>
    containersOf(builder).flatMap(({ list, name, image }) => {
      if (image !== undefined && image !== '') return []
      const place = placeInPatches(builder, [list, ['name', name], 'name'])
      const message = `must have an \`image\`, because it is another container than "buildkit", got "${name}" without one; rename it, or set \`image\``
      return [{ ...place, message, currentValue: name }]
    }),
}
