import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Built, buildOf } from './builder.ts'
import type { Node } from './node.ts'

/** The namespace that the PodMonitor of examples/metrics is in. */
export const MEASURED_NAMESPACE = 'builders'

/** A package with a builder that serves metrics, of a template of its own; `template` are more fields of that. */
export async function writeMeasured(node: Node, name: string, template: object = {}): Promise<string> {
  const path = join(node.folder, `package-${name}`)
  await mkdir(path, { recursive: true })
  const meta = (kind: string, of: string) => ({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind,
    metadata: { name: of, namespace: MEASURED_NAMESPACE },
  })
  const templateName = `${name}-template`
  const spec = { lifecycle: { terminationGracePeriodSeconds: 60 }, observability: { metrics: {} }, ...template }
  await writeFile(join(path, 'template.yaml'), JSON.stringify({ ...meta('BuildkitTemplate', templateName), spec }))
  await writeFile(
    join(path, 'buildkit.yaml'),
    JSON.stringify({ ...meta('Buildkit', name), spec: { template: templateName } }),
  )
  return path
}

/** A build of three steps that takes some seconds the first time, and none after that; another one for each `version`. */
export function buildSteps(node: Node, endpoint: string, version: number): Promise<Built> {
  const run = (script: string) => `RUN ["/bin/busybox", "sh", "-c", "${script}"]`
  const steps = [
    run('busybox sleep 1'),
    run(`busybox dd if=/dev/zero of=/a bs=1M count=8; busybox sleep 1; : ${version}`),
    run(`busybox sleep 1; : ${version}`),
  ]
  return buildOf(node, endpoint, { steps: steps.join('\n') })
}

/** A build whose second step fails. */
export function buildInVain(node: Node, endpoint: string): Promise<Built> {
  return buildOf(node, endpoint, { steps: 'RUN ["/bin/busybox", "false"]', flags: ['--no-cache'] })
}
