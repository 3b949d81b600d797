import { commandFlags } from '../../upstream/buildkit/command-flags.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Where `buildkitdToml` is mounted, which is where buildkitd looks if it is told nothing else. */
const FILES = { rootful: '/etc/buildkit/buildkitd.toml', rootless: '/home/user/.config/buildkit/buildkitd.toml' }

/** A configuration that is not read. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`buildkitdToml` has no effect, because `command` names another file.',
    why: 'With `--config`, buildkitd reads only that file. If the file is missing, buildkitd silently uses its defaults.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go; cmd/buildkitd/config/load.go, LoadFile',
    example: {
      wrong: templateOf({
        command: ['buildkitd-entrypoint', '--config', '/etc/buildkitd.toml'],
        buildkitdToml: '[log]\n  format = "json"\n',
      }),
      right: templateOf({ command: ['buildkitd-entrypoint'], buildkitdToml: '[log]\n  format = "json"\n' }),
    },
  }),
  of: 'template',
  needs: 'command',
  find: ({ spec: { command = [], buildkitdToml, rootless } }) => {
    const flag = commandFlags(command).findLast(({ name }) => name === 'config')
    const file = rootless ? FILES.rootless : FILES.rootful
    if (!flag || !buildkitdToml || flag.value === file) return []
    const message = `\`--config\` must be left out beside \`buildkitdToml\`, got "${flag.value}", which buildkitd reads instead`
    return [{ path: ['spec', 'command', flag.at], message }]
  },
}
