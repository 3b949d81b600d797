import { mappingsIn } from '../../input/item.ts'
import { templateOf } from '../example.ts'
import { containersOf, placeInPatches } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

const mount = { containers: [{ name: 'buildkit', volumeMounts: [{ name: 'certs', mountPath: '/certs' }] }] }

/** A mount of nothing. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A patch mounts a volume that the Pod does not have.',
    why: 'The API server rejects the Pod. A patch has its mounts in `containers` and its volumes in `volumes`.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateVolumeMounts',
    example: {
      wrong: templateOf({ podSpecPatch: mount }),
      right: templateOf({
        podSpecPatch: { ...mount, volumes: [{ name: 'certs', configMap: { name: 'company-ca' } }] },
      }),
    },
  }),
  of: 'builder',
  needs: 'patch',
  find: (builder) => {
    const volumes = new Set(mappingsIn(builder.blueprint.spec.volumes).map(({ name }) => String(name)))
    return containersOf(builder).flatMap(({ list, name, volumeMounts }) =>
      mappingsIn(volumeMounts)
        .filter((one) => !volumes.has(String(one.name)))
        .map((one) => {
          const place = placeInPatches(builder, [list, ['name', name], 'volumeMounts', ['name', one.name], 'name'])
          const message = `must name a volume of the Pod, got "${one.name}"; add it to \`podSpecPatch.volumes\``
          return { ...place, message, currentValue: one.name }
        }),
    )
  },
}
