import { type ArgoCdStage, newPackage, shop } from '../../harness/engines/argocd/argocd-stage.ts'
import type { Tell } from '../../harness/engines/life-of-a-builder.ts'

/** A folder of so many manifests, of which two are ours, through the plugin; Argo CD itself gives up after a minute. */
export async function tenThousandFiles(stage: ArgoCdStage, tell: Tell): Promise<void> {
  const names = Array.from({ length: 10_000 }, (_, at) => `more/${at}.yaml`)
  const files = Object.fromEntries(names.map((name, at) => [name, localConfig(at)]))
  const pkg = await newPackage(stage, { file: 'application-plugin.yaml', files: { 'c.yaml': localConfig(0) } })
  const start = performance.now()
  const commit = await pkg.push({ ...files, 'builders.yaml': shop(pkg) })
  const pushed = performance.now()
  await pkg.synced(commit)
  const [push, sync] = [pushed - start, performance.now() - pushed].map((time) => (time / 1000).toFixed(1))
  tell(`Git took ${push} s for a commit of 10,000 files, Argo CD ${sync} s until it was Synced with it.`)
}

/** It is read, and left out. */
function localConfig(at: number): string {
  const annotations = '{config.kubernetes.io/local-config: "true"}'
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c-${at}\n  annotations: ${annotations}\n`
}
