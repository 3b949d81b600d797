import { TOML_RULES } from './buildkitd-toml/rules.ts'
import { CACHE_RULES } from './cache/rules.ts'
import { ENGINES_RULES } from './engines/rules.ts'
import { IGNORING_RULES } from './ignoring/rules.ts'
import { MODE_RULES } from './mode/rules.ts'
import { KUBERNETES_RULES } from './pod/rules.ts'
import type { Rule } from './rule.ts'
import { SECURITY_RULES } from './security/rules.ts'
import { SURROUNDINGS_RULES } from './surroundings/rules.ts'

/** The rule book, in the order of the ids; the hundreds are its chapters. */
export const RULES: readonly Rule[] = [
  ...IGNORING_RULES,
  ...TOML_RULES,
  ...CACHE_RULES,
  ...MODE_RULES,
  ...SECURITY_RULES,
  ...KUBERNETES_RULES,
  ...ENGINES_RULES,
  ...SURROUNDINGS_RULES,
]

export function ruleNamed(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id)
}
