import { valueAt } from '../../toml/values-at.ts'
import { AMOUNT_KEYS } from '../../upstream/buildkit/gc-config.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

const KEYS = ['gc', 'gckeepstorage', ...AMOUNT_KEYS, 'gcpolicy']

/** Amounts for the worker that no Pod of ours has. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Garbage collection is set for the containerd worker, which is off.',
    why: 'The Pod has no containerd. The OCI worker builds, and it collects garbage by its own settings or by the defaults.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main_containerd_worker.go, validContainerdSocket',
    example: {
      wrong: templateOfToml('[worker.containerd]\n  enabled = false\n  maxUsedSpace = "50GB"\n'),
      right: templateOfToml('[worker.containerd]\n  enabled = false\n[worker.oci]\n  maxUsedSpace = "50GB"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: ({ settings }) => {
    if (valueAt(settings, ['worker', 'containerd', 'enabled'])?.value !== false) return []
    return KEYS.flatMap((key) => {
      const value = valueAt(settings, ['worker', 'containerd', key])
      if (!value) return []
      const message = `\`${key}\` of \`[worker.containerd]\` has no effect, because the OCI worker builds; move it to \`[worker.oci]\`, or remove it`
      return [breachAt(value, message)]
    })
  },
}
