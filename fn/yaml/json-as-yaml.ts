import { unicodeEscape } from './unicode-escape.ts'

/** What JSON has in strings as any other character, and YAML readers refuse or break lines at. */
const NOT_YAML = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/** JSON as YAML readers read it too, where its strings are written as JavaScript writes them. */
export function jsonAsYaml(json: string): string {
  return json.replace(NOT_YAML, unicodeEscape)
}
