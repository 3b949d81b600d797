import { templateOf } from '../example.ts'
import { patchedEnvironment, patchesIn } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY']

/** A proxy that build steps do not have. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'A proxy is set for buildkitd, but build steps do not inherit it.',
    why: "buildkitd pulls and pushes through the proxy. A `RUN` step gets only what its client sends: the build arguments `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, or the `proxies` of the client's Docker configuration, which buildx sends by itself.",
    source:
      'buildkit v0.34.2, frontend/dockerfile/dockerfile2llb/convert.go, proxyEnv; docker/cli, cli/config/configfile',
    example: {
      wrong: templateOf({
        podSpecPatch: {
          containers: [{ name: 'buildkit', env: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }] }],
        },
      }),
      right: templateOf({
        podSpecPatch: { containers: [{ name: 'buildkit', env: [{ name: 'TZ', value: 'UTC' }] }] },
      }),
    },
  }),
  of: 'package',
  find: (facts) =>
    patchesIn(facts).flatMap((patch) => {
      const [first] = patchedEnvironment(patch).filter(({ name }) => PROXIES.includes(name.toUpperCase()))
      if (!first) return []
      const message =
        'applies to pulls and pushes of buildkitd, not to `RUN` steps; give clients the build arguments, or `proxies` in their Docker configuration'
      return [{ item: patch.item, path: first.path, message }]
    }),
}
