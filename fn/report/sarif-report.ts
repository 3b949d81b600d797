import packageJson from '../../package.json' with { type: 'json' }
import { sentenceOf } from '../results/results.ts'
import { RULES } from '../rules/book.ts'
import type { Entry } from '../rules/rule.ts'
import type { Placed } from './placed.ts'

const DOCS = 'https://github.com/buildkit-gitops/buildkit-gitops/blob/main/docs'
const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const
/** What is wrong by the schema, or not up to date, has no rule of the book; code scanning wants one for everything. */
const MANIFEST = {
  id: 'manifest',
  shortDescription: { text: 'A manifest is not valid, or its Pod is not up to date.' },
  helpUri: `${DOCS}/reference.md`,
  defaultConfiguration: { level: 'error' },
}

/** One run as SARIF 2.1.0 (OASIS), which code scanning and editors read. */
export function sarifReport(found: readonly Placed[]): string {
  const rules = [MANIFEST, ...RULES.map(descriptorOf)]
  const ids = rules.map(({ id }) => id)
  const driver = {
    name: 'render-buildkit',
    version: packageJson.version,
    informationUri: DOCS.replace('/blob/main/docs', ''),
    rules,
  }
  const results = found.map((one) => {
    const ruleId = one.finding.rule?.id ?? MANIFEST.id
    return { ruleId, ruleIndex: ids.indexOf(ruleId), ...resultOf(one) }
  })
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function descriptorOf({ id, slug, chapter, severity, text }: Entry) {
  const { what, why } = text()
  return {
    id,
    name: slug,
    shortDescription: { text: what },
    fullDescription: { text: why },
    helpUri: `${DOCS}/rules/${chapter}.md#${id.toLowerCase()}-${slug}`,
    defaultConfiguration: { level: LEVELS[severity] },
  }
}

function resultOf({ finding, position }: Placed) {
  const { severity, item } = finding
  const file = item?.origin
  const region = position && { startLine: position.line, startColumn: position.column }
  const location = file && { physicalLocation: { artifactLocation: { uri: uriOf(file.path) }, region } }
  return {
    level: LEVELS[severity],
    message: { text: sentenceOf(finding) },
    ...(location && { locations: [location] }),
  }
}

/** A URI reference; `file:` where the path is absolute. */
function uriOf(path: string): string {
  const escaped = path.split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${escaped}` : escaped
}
