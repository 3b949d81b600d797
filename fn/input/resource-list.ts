import type { WrittenAt } from '../../crds/validate.ts'
import { withFinalNewline } from '../yaml/documents-in.ts'
import { plainScalars } from '../yaml/field-at.ts'
import { withPosition } from '../yaml/lines.ts'
import { type ListText, listText } from '../yaml/list-text.ts'
import { openEnd } from '../yaml/open-end.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'
import { type Read, readYaml } from '../yaml/read-yaml.ts'

/** A ResourceList's text, cut at its items. Invariant: `head`, the items in order and `tail` are the whole text. */
export interface ResourceList extends NonNullable<ListText['cut']> {
  readonly functionConfig: unknown
  /** How the text writes the values of `functionConfig`. */
  readonly configWrittenAt: WrittenAt
  /** The text of `results` that came with the list, where it is part of `tail`; ours take its place. */
  readonly resultsSection: string | undefined
}

const API_VERSIONS = ['config.kubernetes.io/v1', 'config.kubernetes.io/v1beta1', 'config.kubernetes.io/v1alpha1']

/** The ResourceList that an orchestrator sent (KRM functions specification v1), or why the text is none. */
export function parseResourceList(input: string): ResourceList | { readonly error: string } {
  if (input.trim() === '') return { error: 'must be a ResourceList, got nothing' }
  const text = withFinalNewline(input)
  const list = listText(text)
  if ('error' in list) return { error: `must be a ResourceList, but ${withPosition(list.error, text)}` }
  const error = refusal(list, text)
  if (error !== undefined) return { error }
  if (!list.cut) return { error: 'must be a ResourceList whose `items` is a sequence of objects' }
  const read = readSection(list, 'functionConfig')
  if ('error' in read) return { error: `\`functionConfig\` ${withPosition(read.error, text)}` }
  const writtenAt = plainScalars(list.section('functionConfig')?.text ?? '')
  const configWrittenAt: WrittenAt = (path) => writtenAt(['functionConfig', ...path])
  return { ...list.cut, functionConfig: read.value, configWrittenAt, resultsSection: list.section('results')?.text }
}

function refusal({ section, cut, second }: ListText, text: string): string | undefined {
  const [apiVersion, kind] = ['apiVersion', 'kind'].map((key) => {
    const read = readSection({ section }, key)
    return 'value' in read ? read.value : undefined
  })
  if (kind !== 'ResourceList') return notAResourceList(apiVersion, kind)
  if (!API_VERSIONS.includes(String(apiVersion)))
    return `must be a ResourceList of \`apiVersion\` "${API_VERSIONS[0]}", got "${String(apiVersion)}"`
  if (second !== undefined)
    return withPosition({ message: 'must be one ResourceList, got another document after it', offset: second }, text)
  const open = openIn(cut?.head ?? '', 0) ?? openIn(cut?.tail ?? '', text.length - (cut?.tail.length ?? 0))
  return open && `must be a ResourceList, but ${withPosition(open, text)}`
}

/** What a part of a text that begins at `start` ends in the middle of. */
function openIn(part: string, start: number): ReadError | undefined {
  const open = openEnd(part)
  return open && { ...open, offset: start + (open.offset ?? 0) }
}

function notAResourceList(apiVersion: unknown, kind: unknown): string {
  const got = typeof kind === 'string' ? `${String(apiVersion ?? '')} ${kind}`.trim() : 'no `kind`'
  return `must be a ResourceList, got ${got}; run this function with kpt or kustomize, or files with \`render-buildkit build\``
}

function readSection({ section }: Pick<ListText, 'section'>, key: string): Read {
  const found = section(key)
  if (!found) return { value: undefined }
  const { text, start } = found
  const read = readYaml(text)
  if ('value' in read) return { value: (read.value as Readonly<Record<string, unknown>>)[key] }
  const { message, offset } = read.error
  return { error: { message, ...(offset !== undefined && { offset: start + offset }) } }
}
