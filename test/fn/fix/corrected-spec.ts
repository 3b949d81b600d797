import assert from 'node:assert/strict'
import type { Fix } from '../../../crds/validate.ts'
import { correctedSource } from '../../../fn/fix/corrected-source.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'
import { locator } from '../../../fn/positions/locator.ts'
import { fieldFinding } from '../../../fn/results/finding.ts'
import type { KeyPath } from '../../../fn/toml/key-positions.ts'
import { readToml } from '../../../fn/toml/read-toml.ts'
import { TOML_FIELD } from '../../../fn/toml/values-at.ts'

const HEAD = '# c\napiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata:\n  name: small\nspec:\n'

export interface Issue {
  readonly at: KeyPath
  readonly fix?: Fix
  readonly currentValue?: unknown
  readonly proposedValue?: string
}

/** A document in which settings of its TOML are corrected; undefined where it stays. */
export function corrected(spec: string, ...issues: readonly Issue[]): string | undefined {
  const text = HEAD + spec
  const [item] = manifestsIn({ path: 'a.yaml', text })
  const source = item?.place?.source
  assert.ok(source)
  const toml = readToml(String(new Map(Object.entries(item.object?.spec ?? {})).get('buildkitdToml')))
  const findings = issues.map(({ at, ...issue }) => {
    return { ...fieldFinding('warning', item, { path: TOML_FIELD, message: 'm', ...issue }), toml: { toml, path: at } }
  })
  const { source: after, count } = correctedSource(source, findings, locator())
  return count > 0 ? after.text.slice(HEAD.length) : undefined
}
