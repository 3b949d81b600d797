import { inToml, otherThan } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { workersOn } from '../facts/container.ts'
import type { Rule } from '../rule.ts'

const MODES = ['auto', 'host', 'bridge', 'cni']

/** A network mode that BuildKit does not have. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'BuildKit does not have this network mode.',
    why: 'buildkitd reports "invalid network mode" and exits, so the Pod crash-loops. To build without a network is an option of each build, not of the worker.',
    source: 'buildkit v0.34.2, util/network/netproviders/network.go, Providers',
    example: {
      wrong: templateOfToml('[worker.oci]\nnetworkMode = "none"\n'),
      right: templateOfToml('[worker.oci]\nnetworkMode = "host"\n'),
    },
  }),
  ...inToml((toml) => workersOn(toml).flatMap((worker) => otherThan(toml, ['worker', worker, 'networkMode'], MODES))),
}
