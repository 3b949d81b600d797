import { inToml, otherThan } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

const FORMATS = ['json', 'text']
const LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']

/** A format or level of logs that buildkitd refuses. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'BuildKit does not have this log format or level.',
    why: 'buildkitd reports "unsupported log type" or "unsupported log level" and exits, so the Pod crash-loops.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go; logrus v1.10.2, logrus.go, ParseLevel',
    example: {
      wrong: templateOfToml('[log]\nformat = "logfmt"\n'),
      right: templateOfToml('[log]\nformat = "json"\n'),
    },
  }),
  ...inToml((toml, { spec }) => {
    const format = otherThan(toml, ['log', 'format'], FORMATS)
    // --debug replaces the level before it is looked at.
    if (spec.observability.debugLogging) return format
    const isKnown = (value: unknown) => LEVELS.includes(String(value).toLowerCase())
    return [...format, ...otherThan(toml, ['log', 'level'], LEVELS).filter(({ value }) => !isKnown(value))]
  }),
}
