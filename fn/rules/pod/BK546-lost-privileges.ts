import { isMapping } from '../../input/item.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { patchedContainer, patchesIn } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

/** Privileges without which no mode works. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A patch forbids buildkitd to gain the privileges that it needs.',
    why: 'With `allowPrivilegeEscalation: false`, newuidmap cannot set up the user namespace of a rootless builder, and buildkitd exits; without its capabilities or under the seccomp profile of the runtime, it fails as well. The API server rejects the field beside `privileged: true`.',
    source:
      'moby/buildkit#1671; buildkit v0.34.2, docs/rootless.md; kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateSecurityContext',
    example: {
      wrong: templateOf({
        podSpecPatch: { containers: [{ name: 'buildkit', securityContext: { allowPrivilegeEscalation: false } }] },
      }),
      right: templateOf({
        podSpecPatch: { containers: [{ name: 'buildkit', securityContext: { allowPrivilegeEscalation: true } }] },
      }),
    },
  }),
  of: 'package',
  find: (facts) =>
    patchesIn(facts).flatMap((patch) => {
      const container = patchedContainer(patch)
      const { securityContext } = container?.value ?? {}
      if (!container || !isMapping(securityContext)) return []
      const { rootless } = patch.template.spec
      return [...lostEscalation(securityContext, rootless), ...(rootless ? lostOfRootless(securityContext) : [])].map(
        ({ path, ...breach }) => ({
          item: patch.item,
          path: [...container.path, 'securityContext', ...path],
          ...breach,
        }),
      )
    }),
}

function lostEscalation({ allowPrivilegeEscalation }: SecurityContext, rootless: boolean): readonly Breach[] {
  if (allowPrivilegeEscalation !== false) return []
  const why = rootless
    ? 'newuidmap cannot set up the user namespace'
    : 'the API server rejects it beside `privileged: true`'
  const message = `must be true or left out, because ${why}, got false; remove it`
  return [{ path: ['allowPrivilegeEscalation'], message, currentValue: false, fix: { kind: 'remove' } }]
}

/** What newuidmap needs of the capabilities that a container may have, and rootlesskit of the system calls. */
function lostOfRootless({ capabilities, seccompProfile }: SecurityContext): readonly Breach[] {
  const { drop, add } = isMapping(capabilities) ? capabilities : {}
  const added = Array.isArray(add) ? add.map(String) : []
  const isDropped = Array.isArray(drop) && drop.includes('ALL')
  const missing = isDropped ? ['SETUID', 'SETGID'].filter((name) => !added.includes(name)) : []
  const { type } = isMapping(seccompProfile) ? seccompProfile : {}
  return [
    ...(missing.length > 0
      ? [
          {
            path: ['capabilities', 'drop'],
            message: `must not take away ${missing.join(' and ')}, which newuidmap and newgidmap need, got "ALL"; add ${missing.length === 1 ? 'it' : 'them'} to \`capabilities.add\``,
          },
        ]
      : []),
    ...(type === 'RuntimeDefault'
      ? [
          {
            path: ['seccompProfile', 'type'],
            message: 'must be "Unconfined" or a profile that permits user namespaces and mounts, got "RuntimeDefault"',
            currentValue: type,
          },
        ]
      : []),
  ]
}

type SecurityContext = Readonly<Record<string, unknown>>
