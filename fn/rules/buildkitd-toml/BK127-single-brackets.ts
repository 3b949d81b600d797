import { keyText } from '../../results/toml-texts.ts'
import { isTomlTable, valuesAt } from '../../toml/values-at.ts'
import { isBefore } from '../../upstream/version.ts'
import { asWritten } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

const LISTS = [
  ['worker', '*', 'gcpolicy'],
  ['registry', '*', 'keypair'],
]

/** A list of one that older releases do not take for a list. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A list of tables has single brackets in its header, which BuildKit before v0.28 cannot read.',
    why: "buildkitd reports `Can't convert … to a tree` and exits, so the Pod crash-loops. Since v0.28, which has another TOML parser, single brackets make a list of one table.",
    source: 'buildkit v0.27.1 and v0.28.0, cmd/buildkitd/config/load.go; go-toml v1.9.5, marshal.go, valueFromToml',
    example: {
      wrong: templateOfToml('[worker.oci.gcpolicy]\nall = true\nmaxUsedSpace = "50GB"\n', 'moby/buildkit:v0.27.1'),
      right: templateOfToml('[[worker.oci.gcpolicy]]\nall = true\nmaxUsedSpace = "50GB"\n', 'moby/buildkit:v0.27.1'),
    },
  }),
  ...asWritten((toml, { image }) => {
    if (!isBefore(image.version, '0.28')) return []
    const single = LISTS.flatMap((keys) => valuesAt(toml, keys)).filter(({ value }) => isTomlTable(value))
    return single.map(({ path }) => {
      const message = `must have double brackets before BuildKit v0.28, got "${image.tag}"; write \`[[${keyText(path)}]]\``
      return { path, message }
    })
  }),
}
