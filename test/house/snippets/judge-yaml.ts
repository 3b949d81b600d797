import { parseAllDocuments } from 'yaml'
import { Buildkit } from '../../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { pathText } from '../../../crds/issues/field-path.ts'
import { GROUP } from '../../../crds/names.ts'
import { type FieldIssue, validate } from '../../../crds/validate.ts'
import { parseRenderConfig } from '../../../fn/config/render-config.ts'

/** What is wrong with a YAML snippet: its syntax, or, where an object is one of ours, any of its fields. */
export function judgeYaml(text: string): readonly string[] {
  return parseAllDocuments(text).flatMap((document) => {
    const errors = document.errors.map(({ message }) => `is no YAML: ${message.split('\n')[0]}`)
    return errors.length > 0 ? errors : judgeObject(document.toJS())
  })
}

function judgeObject(object: unknown): readonly string[] {
  const { apiVersion, kind } = (object ?? {}) as { readonly apiVersion?: unknown; readonly kind?: unknown }
  if (kind !== undefined && apiVersion === undefined) return [`is a ${kind} without apiVersion`]
  if (!String(apiVersion).startsWith(`${GROUP}/`)) return []
  return mistakesIn(object, kind).map((mistake) => `is no ${kind}: ${mistake}`)
}

function mistakesIn(object: unknown, kind: unknown): readonly string[] {
  if (kind === 'RenderBuildkit') {
    const parsed = parseRenderConfig(object)
    return 'results' in parsed ? issueTexts(parsed.results) : []
  }
  if (kind === 'Buildkit') return issuesIn(validate(Buildkit, object))
  if (kind === 'BuildkitTemplate') return issuesIn(validate(BuildkitTemplate, object))
  return ['there is no such kind']
}

function issuesIn(validated: ReturnType<typeof validate>): readonly string[] {
  return 'issues' in validated ? issueTexts(validated.issues) : []
}

function issueTexts(issues: readonly Pick<FieldIssue, 'path' | 'message'>[]): readonly string[] {
  return issues.map(({ path, message }) => `${pathText(path)}: ${message}`)
}
