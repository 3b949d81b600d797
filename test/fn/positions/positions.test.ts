import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathText } from '../../../crds/issues/field-path.ts'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'
import { decide } from '../../../fn/output/render.ts'
import { placed } from '../../../fn/report/placed.ts'
import { CORPUS } from './corpus.ts'
import { type Expected, marked } from './marked.ts'

/** Where everything is found that is to be said of files. */
function foundIn(files: Readonly<Record<string, string>>): readonly Expected[] {
  const items = Object.entries(files).flatMap(([path, text]) => manifestsIn({ path, text }))
  const isRendered = items.some(({ object }) => object?.kind === 'Pod')
  // BK401 is said of every template, at its port.
  const config = { ...DEFAULT_CONFIG, mode: isRendered ? 'check' : 'render', rules: { BK401: 'none' } } as const
  const { results } = decide(items, config)
  return placed(results, items).map(({ finding: { item, path }, position }) => ({
    file: item?.origin?.path ?? '',
    line: position?.line ?? 0,
    column: position?.column ?? 0,
    path: pathText(path) || 'object',
  }))
}

/** Places differ for whoever is asked about; of one place each path. */
function inOrder(found: readonly Expected[]): readonly string[] {
  return found.map(({ file, line, column, path }) => `${file}:${line}:${column} ${path}`).sort()
}

for (const [name, files] of Object.entries(CORPUS)) {
  const read = Object.entries(files).map(([file, text]) => [file, marked(file, text)] as const)
  const expected = inOrder(read.flatMap(([, one]) => one.expected))
  const textsWith = (lineBreak: string) =>
    Object.fromEntries(read.map(([file, { text }]) => [file, text.replaceAll('\n', lineBreak)]))

  test(`the places of ${name}`, () => {
    assert.deepEqual(inOrder(foundIn(textsWith('\n'))), expected)
  })

  test(`the same places in files that end lines as Windows does: ${name}`, () => {
    assert.deepEqual(inOrder(foundIn(textsWith('\r\n'))), expected)
  })
}
