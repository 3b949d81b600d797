import { closest } from '../../../crds/closest.ts'
import { templateOf } from '../example.ts'
import { patchedEnvironment, patchesIn } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

/** What buildkitd, and buildctl in its container, read of names that begin with BUILDKIT. */
const READ = [
  'BUILDKITD_CONFIG',
  'BUILDKITD_DEBUGADDR',
  'BUILDKITD_LOG_LEVEL',
  'BUILDKIT_AZURE_STORAGE_ACCOUNT_NAME',
  'BUILDKIT_AZURE_STORAGE_ACCOUNT_URL',
  'BUILDKIT_AZURE_STORAGE_CONTAINER',
  'BUILDKIT_AZURE_STORAGE_PREFIX',
  'BUILDKIT_CNI_INIT_LOCK_PATH',
  'BUILDKIT_DEBUG_EXEC_OUTPUT',
  'BUILDKIT_DEBUG_FORCE_OVERLAY_DIFF',
  'BUILDKIT_DEBUG_PANIC_ON_ERROR',
  'BUILDKIT_HOST',
  'BUILDKIT_NETWORK_BRIDGE_AUTO',
  'BUILDKIT_SCHEDULER_DEBUG',
  'BUILDKIT_SCHEDULER_DEBUG_STEPS',
  'BUILDKIT_SETUP_CGROUPV2_ROOT',
  'BUILDKIT_STEP_LOG_MAX_SIZE',
  'BUILDKIT_STEP_LOG_MAX_SPEED',
]

/** What others read, and people set for BuildKit. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  ALL_PROXY: 'set `HTTPS_PROXY` and `HTTP_PROXY`',
  DOCKER_AUTH_CONFIG: 'clients send the credentials of their registries',
  DOCKER_CONFIG: 'clients send the credentials of their registries',
}

/** A variable without an effect. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A patch sets an environment variable that BuildKit does not read.',
    why: 'Nothing fails, and nothing happens. buildkitd takes its configuration from `buildkitdToml`, and the credentials of registries from its clients.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, util/progress/logs/logs.go and solver/debug.go; golang.org/x/net v0.56.0, http/httpproxy/proxy.go',
    example: {
      wrong: templateOf({
        podSpecPatch: { containers: [{ name: 'buildkit', env: [{ name: 'BUILDKITD_FLAGS', value: '--debug' }] }] },
      }),
      right: templateOf({
        podSpecPatch: {
          containers: [{ name: 'buildkit', env: [{ name: 'BUILDKIT_STEP_LOG_MAX_SIZE', value: '10485760' }] }],
        },
      }),
    },
  }),
  of: 'package',
  find: (facts) =>
    patchesIn(facts).flatMap((patch) =>
      patchedEnvironment(patch).flatMap(({ name, path }) => {
        const instead = insteadOf(name)
        if (instead === undefined) return []
        const message = `must be a variable that BuildKit reads, got "${name}"; ${instead}`
        return [{ item: patch.item, path: [...path, 'name'], message, currentValue: name }]
      }),
    ),
}

function insteadOf(name: string): string | undefined {
  const upper = name.toUpperCase()
  if (Object.hasOwn(OF_OTHERS, upper)) return OF_OTHERS[upper]
  if (!upper.startsWith('BUILDKIT') || READ.includes(name)) return undefined
  const meant = closest(upper, READ)
  return meant ? `did you mean "${meant}"?` : 'set it in `buildkitdToml`'
}
