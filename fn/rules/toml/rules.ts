import type { Rule } from '../rule.ts'

/** About `buildkitdToml` as BuildKit reads it: BK1xx. */
export const TOML_RULES: readonly Rule[] = []
