import { type CommandFlag, commandFlags, startsBuildkitd } from '../../upstream/buildkit/command-flags.ts'
import { isBuildkitImage } from '../../upstream/buildkit/image-facts.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { isWritable } from '../facts/container.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

/** An address beside those that each Pod is started with. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`command` has an `--addr` that buildkitd cannot listen on.',
    why: 'Every Pod starts buildkitd with `--addr` for its socket and its port, in addition to the addresses in `command`. buildkitd exits with "address already in use" if a port is given twice, with "does not contain proto" if an address has no scheme, and with "permission denied" if user 1000 cannot create a socket.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, newGRPCListeners and getListener; fn/render/pod-spec.ts',
    example: {
      wrong: `kind: BuildkitTemplate
spec:
  command: [buildkitd-entrypoint, --addr, "tcp://0.0.0.0:1234"]
`,
      right: templateOf({ command: ['buildkitd-entrypoint', '--debug'], port: 8372 }),
    },
  }),
  of: 'template',
  needs: 'command',
  find: (template) => {
    const { command = [] } = template.spec
    if (!startsBuildkitd(command)) return []
    const addresses = commandFlags(command).filter(({ name }) => name === 'addr')
    return addresses.flatMap((flag) => mistakeAt(flag, template))
  },
}

function mistakeAt({ value, at }: CommandFlag, template: TemplateFacts): readonly Breach[] {
  const must = mustOf(value, template)
  return must ? [{ path: ['spec', 'command', at], message: `\`--addr\` must ${must}, got "${value}"; remove it` }] : []
}

function mustOf(value: string, template: TemplateFacts): string | undefined {
  const [, scheme = '', address = ''] = /^(\w+):\/\/(.*)$/.exec(value) ?? []
  if (!['tcp', 'unix', 'fd'].includes(scheme)) return 'begin with "unix://" or "tcp://"'
  const port = /:(\d+)$/.exec(address)?.[1]
  if (scheme === 'tcp' && Number(port) === template.spec.port) return 'not use the port in `spec.port` again'
  const isKnown = scheme === 'unix' && isBuildkitImage(template.image)
  return isKnown && !isWritable(address, template) ? 'be a path that buildkitd may write to' : undefined
}
