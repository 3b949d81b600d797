import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A command that names no program. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`command` begins with an empty string, which is not a program.',
    why: 'The API server accepts it, but the container never starts: the runtime finds no executable file.',
    source: 'runc v1.5.2, libcontainer/standard_init_linux.go, exec.LookPath',
    example: {
      wrong: templateOf({ command: [''] }),
      right: templateOf({}),
    },
  }),
  of: 'template',
  needs: 'command',
  find: ({ spec: { command } }) => {
    const message = 'must be a program, got ""; leave `command` out for the entry point of the image'
    return command?.[0]?.trim() === '' ? [{ path: ['spec', 'command', 0], message, currentValue: command[0] }] : []
  },
}
