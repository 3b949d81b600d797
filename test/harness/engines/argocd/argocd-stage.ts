import { randomUUID } from 'node:crypto'
import { eventually, nextSecond } from '../../servers/eventually.ts'
import { type EngineStage, startEngineStage } from '../engine-stage.ts'
import { type Look, look } from '../look.ts'
import { manifestsOf } from '../manifests.ts'
import { allowPushes } from './allow-pushes.ts'
import { type Application, createApplication, type Manifest } from './application.ts'
import { argoCdEngine } from './argocd-engine.ts'
import { exampleApplication } from './example-application.ts'
import type { GitRepository } from './git-repository.ts'
import { type ArgoCd, startArgoCd } from './start-argocd.ts'

/** Many Applications side by side, each with a namespace and a folder of its own, under one Argo CD. */
export interface ArgoCdStage extends EngineStage {
  readonly argocd: ArgoCd
}

/** Tests by what they show; they run side by side. */
export type Scenarios = Readonly<Record<string, (stage: ArgoCdStage) => Promise<void>>>

export async function startArgoCdStage(): Promise<ArgoCdStage> {
  const started: ArgoCd[] = []
  const stage = await startEngineStage(async (cluster) => {
    const argocd = await startArgoCd(cluster)
    started.push(argocd)
    return argoCdEngine(cluster, argocd)
  })
  return { ...stage, argocd: started[0] as ArgoCd }
}

/** A repository of its own, and the Application for a folder in it. */
export interface Package extends Application {
  readonly namespace: string
  readonly repository: GitRepository
  /** Pushes files below the folder, and returns the commit. */
  readonly push: (files: Readonly<Record<string, string | null>>) => Promise<string>
  /** The same, until the Application is Synced with it. */
  readonly sync: (files: Readonly<Record<string, string | null>>) => Promise<void>
  /** Of the builder `shop`. */
  readonly look: () => Promise<Look>
}

export interface PackageOptions {
  /** Of examples/argocd. */
  readonly file?: string
  readonly source?: Readonly<Record<string, unknown>>
  readonly annotations?: Readonly<Record<string, string>>
  /** What else differs in the Application's spec. */
  readonly spec?: Readonly<Record<string, unknown>>
  readonly namespace?: string
  /** The folder before the Application is there. */
  readonly files?: Readonly<Record<string, string>>
}

const FOLDER = 'builders'

export async function newPackage(stage: ArgoCdStage, options: PackageOptions = {}): Promise<Package> {
  const { cluster, argocd } = stage
  const { file = 'application.yaml', files = {} } = options
  const { source, annotations, spec } = options
  const name = `test-${randomUUID().slice(0, 8)}`
  const namespace = options.namespace ?? name
  await cluster.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const repository = await argocd.createRepository()
  await allowPushes(cluster, repository.url)
  const push: Package['push'] = (some) =>
    repository.commit(Object.fromEntries(Object.entries(some).map(([path, text]) => [`${FOLDER}/${path}`, text])))
  await push({ '.keep': '', ...files })
  const changes = { name, namespace, source: { repoURL: repository.url, path: FOLDER, ...source } }
  const example = await exampleApplication(file, changes)
  const manifest: Manifest = {
    ...example,
    metadata: { ...example.metadata, ...(annotations && { annotations }) },
    spec: { ...example.spec, ...spec },
  }
  const application = await createApplication(cluster, manifest)
  return {
    ...application,
    namespace,
    repository,
    push,
    sync: async (some) => application.synced(await push(some)),
    look: () => look(cluster, 'shop', namespace),
  }
}

export const [FIRST, SECOND] = ['moby/buildkit:v0.34.1', 'moby/buildkit:v0.34.2']
export const WELL = 'Synced and Healthy'

/** One builder, `shop`, as it stands in Git before rendering. */
export function shop({ namespace }: Pick<Package, 'namespace'>, image = FIRST): string {
  return manifestsOf({ image, names: ['shop'], namespace })
}

/** Until the builder serves and Argo CD is content; what comes next is in another second. */
export async function settled({ look: see, verdict }: Package): Promise<void> {
  await eventually(async () => (await see()).ready, 'True PodReady', 60)
  await eventually(verdict, WELL, 60)
  await nextSecond()
}
