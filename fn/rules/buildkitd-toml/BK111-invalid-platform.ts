import { valueText } from '../../results/toml-texts.ts'
import { elementsAt } from '../../toml/values-at.ts'
import { isPlatform } from '../../upstream/buildkit/is-platform.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { workersOn } from '../facts/container.ts'
import type { Rule } from '../rule.ts'

/** A platform that BuildKit cannot parse. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: "BuildKit cannot parse a worker's platform.",
    why: 'buildkitd reports "invalid platforms" and exits, so the Pod crash-loops.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, parsePlatforms; containerd/platforms v1.0.0-rc.5, platforms.go, Parse',
    example: {
      wrong: templateOfToml('[worker.oci]\nplatforms = ["linux/amd64,linux/arm64"]\n'),
      right: templateOfToml('[worker.oci]\nplatforms = ["linux/amd64", "linux/arm64"]\n'),
    },
  }),
  ...inToml((toml) =>
    workersOn(toml)
      .flatMap((worker) => elementsAt(toml, ['worker', worker, 'platforms']))
      .flatMap(({ path, value }) => {
        if (typeof value !== 'string' || isPlatform(value)) return []
        const message = `must be a platform such as "linux/amd64" or "linux/arm/v7", got ${valueText(value)}`
        return [{ path, value, message }]
      }),
  ),
}
