import { valueText } from '../../results/toml-texts.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { foldersOf } from '../../upstream/buildkit/folders.ts'
import { inToml, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOf } from '../example.ts'
import { isPlainBuildkit, isWritable } from '../facts/container.ts'
import type { Rule } from '../rule.ts'

/** The keys of what buildkitd makes at its start. */
const MADE = [['root'], ['otel', 'socketPath'], ['grpc', 'debugAddress']]

/** A file or socket that cannot be made. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'buildkitd cannot write to the configured path of its state or of a socket.',
    why: 'buildkitd creates the folder and the socket at startup. Without permission it exits with "permission denied" or "read-only file system", and the Pod crash-loops. A rootless buildkitd runs as user 1000. Its configuration folder is read-only in every Pod.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, runTraceController and getListener; cmd/buildkitd/debug.go; Dockerfile, stage rootless',
    example: {
      wrong: templateOf({ buildkitdToml: '[otel]\nsocketPath = "/run/buildkit/otel.sock"\n', rootless: true }),
      right: templateOf({
        buildkitdToml: '[otel]\nsocketPath = "/run/user/1000/buildkit/otel.sock"\n',
        rootless: true,
      }),
    },
  }),
  ...inToml((toml, facts) => {
    if (!isPlainBuildkit(facts)) return []
    const samples = foldersOf(facts.spec)
    return MADE.flatMap((keys) => valuesAt(toml, keys)).flatMap(({ path, value }): readonly TomlBreach[] => {
      const isAddress = path.at(-1) === 'debugAddress'
      const file = typeof value === 'string' ? fileIn(value, isAddress) : ''
      if (isWritable(file, facts)) return []
      const sample = path.length === 1 ? samples.state : `${samples.sockets}/${isAddress ? 'debug' : 'otel-grpc'}.sock`
      const message = `must be a path that buildkitd may write to, such as "${isAddress ? 'unix://' : ''}${sample}", got ${valueText(value)}`
      return [{ path, value, message, ...(!isAddress && { proposedValue: sample }) }]
    })
  }),
}

/** The file that is made; empty for none. */
function fileIn(value: string, isAddress: boolean): string {
  return isAddress ? (/^unix:\/\/(.+)$/.exec(value)?.[1] ?? '') : value
}
