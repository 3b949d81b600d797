import { TOML_FIELD } from '../../toml/values-at.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A `buildkitdToml` that is not TOML. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: '`buildkitdToml` is not TOML.',
    why: 'buildkitd reads its configuration first and exits, so the Pod crash-loops. A table or key that is defined twice is also a syntax error.',
    source: 'buildkit v0.34.2, cmd/buildkitd/config/load.go and main.go',
    example: {
      wrong: templateOfToml('[worker.oci]\nmax-parallelism = 4 steps\n'),
      right: templateOfToml('[worker.oci]\nmax-parallelism = 4 # steps\n'),
    },
  }),
  of: 'template',
  find: ({ toml }) => {
    if (!(toml && 'error' in toml)) return []
    const { line, message } = toml.error
    return [
      {
        path: TOML_FIELD,
        message: `must be valid TOML, got an error in line ${line}: ${message}`,
        toml: { toml, path: [] },
      },
    ]
  },
}
