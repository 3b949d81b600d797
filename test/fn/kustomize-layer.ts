import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { binary } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'

const ROOT = join(import.meta.dirname, '../..')
export const BUNDLE = join(ROOT, 'dist/render-buildkit.cjs')
const root = mkdtempSync(join(tmpdir(), 'render-buildkit-kustomize-'))
after(() => rmSync(root, { recursive: true }))

export interface Named {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly podName?: string
  readonly template?: string
}

/** What makes kustomize run our bundle: `how` is the body of the annotation. */
function functionConfig(how: string): string {
  return `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: RenderBuildkit
metadata:
  name: render
  annotations:
    config.kubernetes.io/function: |
      ${how}
`
}

/**
 * A folder with these files, the quickstart's manifests in `buildkit.yaml`, our configurations for kustomize, and our function in two forms:
 * `render.yaml` (a program) and `container.yaml`.
 */
export function layer(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(root, 'layer-'))
  cpSync(join(ROOT, 'examples/quickstart/buildkit.yaml'), join(path, 'buildkit.yaml'))
  cpSync(join(ROOT, 'config/kustomize'), path, { recursive: true })
  writeFileSync(join(path, 'render.yaml'), functionConfig(`exec: {path: ${BUNDLE}}`))
  writeFileSync(join(path, 'container.yaml'), functionConfig('container: {image: render-buildkit}'))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

/** The quickstart's manifests, rendered. */
export async function rendered(): Promise<string> {
  return (await runProgram(BUNDLE, ['build', join(ROOT, 'examples/quickstart')])).stdout
}

export function kustomize(path: string): ReturnType<typeof runProgram> {
  return runProgram(binary('kustomize'), ['build', '--enable-alpha-plugins', '--enable-exec', path])
}

/** `kubectl kustomize`, which can run functions only in containers: here `docker` is a program that runs our bundle instead. */
export function kubectlKustomize(path: string): ReturnType<typeof runProgram> {
  const folder = join(root, 'docker')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\nexec ${BUNDLE}\n`, { mode: 0o755 })
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
  return runProgram(binary('kubectl'), ['kustomize', '--enable-alpha-plugins', path], { env })
}

/** What the objects of a stream are called, and what Buildkits refer to. */
export function namesIn(stream: string): readonly Named[] {
  const objects = parseAllDocuments(stream).map((document) => document.toJS())
  return objects.map(({ kind, metadata: { name, namespace }, spec: { podName, template } }) =>
    JSON.parse(JSON.stringify({ kind, name, namespace, podName, template })),
  )
}
