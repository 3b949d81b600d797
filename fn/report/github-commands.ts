import { sentenceOf } from '../results/results.ts'
import type { Placed } from './placed.ts'

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands, one a line, that GitHub Actions makes annotations of. */
export function githubCommands(found: readonly Placed[]): string {
  return found.map(command).join('')
}

function command({ finding, position }: Placed): string {
  const { severity, item, rule } = finding
  const file = item?.origin
  const properties = {
    file: file?.path,
    line: file && position?.line,
    col: file && position?.column,
    title: rule && `${rule.id} ${rule.slug}`,
  }
  const written = Object.entries(properties).flatMap(([name, value]) => {
    return value === undefined ? [] : [`${name}=${propertyOf(String(value))}`]
  })
  const head = [COMMANDS[severity], ...(written.length > 0 ? [written.join(',')] : [])].join(' ')
  return `::${head}::${dataOf(sentenceOf(finding))}\n`
}

function dataOf(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function propertyOf(text: string): string {
  return dataOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
