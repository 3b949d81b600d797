import { RULES } from './book.ts'
import type { Entry } from './rule.ts'

/** The rule of this id. */
export function ruleNamed(id: string): Entry | undefined {
  return RULES.find((rule) => rule.id === id)
}

/** The rule that a name means: its id in any case, its slug, or both, such as `BK301 rootful-image`. */
export function ruleMeantBy(name: string): Entry | undefined {
  const [id = ''] = /^bk\d{3}(?=$|[ -])/i.exec(name) ?? []
  return ruleNamed(id.toUpperCase()) ?? RULES.find(({ slug }) => slug === name.toLowerCase())
}
