import { mappingsIn } from '../../input/item.ts'
import { templateOf } from '../example.ts'
import { containersOf, placeInPatches } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

const volumes = [{ name: 'certs', configMap: { name: 'company-ca' } }]

/** A volume for nobody. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A patch adds a volume that no container mounts.',
    why: 'Nothing reads it, but the Pod waits for it: if its ConfigMap or Secret is missing, the builder never starts.',
    source: 'kubernetes v1.37.2, pkg/kubelet/volumemanager/volume_manager.go, WaitForAttachAndMount',
    example: {
      wrong: templateOf({ podSpecPatch: { volumes } }),
      right: templateOf({
        podSpecPatch: {
          containers: [{ name: 'buildkit', volumeMounts: [{ name: 'certs', mountPath: '/certs' }] }],
          volumes,
        },
      }),
    },
  }),
  of: 'builder',
  needs: 'patch',
  find: (builder) => {
    const used = new Set(
      containersOf(builder).flatMap(({ volumeMounts, volumeDevices }) =>
        [...mappingsIn(volumeMounts), ...mappingsIn(volumeDevices)].map(({ name }) => name),
      ),
    )
    return mappingsIn(builder.blueprint.spec.volumes)
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => {
        const place = placeInPatches(builder, ['volumes', ['name', name], 'name'])
        const message = `must be in the \`volumeMounts\` of a container, got "${name}" in none; mount or remove it`
        return { ...place, message, currentValue: name }
      })
  },
}
