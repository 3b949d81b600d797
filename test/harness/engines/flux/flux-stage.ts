import { randomUUID } from 'node:crypto'
import { eventually, nextSecond } from '../../servers/eventually.ts'
import { type EngineStage, startEngineStage } from '../engine-stage.ts'
import { type Look, look } from '../look.ts'
import { manifestsOf } from '../manifests.ts'
import { render } from '../render.ts'
import type { Condition, FluxPackage } from './flux-package.ts'
import { type Flux, startFlux } from './start-flux.ts'
import { fluxEngine } from './start-flux-engine.ts'

/** Many packages side by side, each in a namespace of its own, under one kustomize-controller. */
export interface FluxStage extends EngineStage {
  readonly flux: Flux
}

export async function startFluxStage(): Promise<FluxStage> {
  const started: Flux[] = []
  const stage = await startEngineStage(async (cluster) => {
    const flux = await startFlux(cluster)
    started.push(flux)
    return fluxEngine(flux)
  })
  return { ...stage, flux: started[0] as Flux }
}

/** One builder, `shop`, in a package of its own. */
export interface Builder extends FluxPackage {
  /** Its package as it stands in Git before rendering, with this as the template's spec. */
  readonly manifests: (spec: TemplateSpec) => string
  /** What that renders to. */
  readonly rendered: (spec: TemplateSpec, options?: readonly string[]) => Promise<string>
  readonly look: () => Promise<Look>
}

export type TemplateSpec = Readonly<Record<string, unknown>>

export const [FIRST, SECOND] = [{ image: 'moby/buildkit:v0.34.1' }, { image: 'moby/buildkit:v0.34.2' }]
/** Of `Builder.look`, where all is well. */
export const READY = 'True PodReady'
export const APPLIED = 'True ReconciliationSucceeded'

/** A package that nothing was pushed to; `spec` is what differs in the Kustomization. */
export async function newBuilder({ flux, cluster }: FluxStage, spec: TemplateSpec = {}): Promise<Builder> {
  const namespace = `test-${randomUUID().slice(0, 8)}`
  const pkg = await flux.createPackage({ namespace, spec })
  const manifests = ({ image, ...more }: TemplateSpec) =>
    manifestsOf({ image: String(image), names: ['shop'], namespace, spec: more })
  return {
    ...pkg,
    manifests,
    rendered: (templateSpec, options) => render(manifests(templateSpec), options),
    look: () => look(cluster, 'shop', namespace),
  }
}

/** A builder that serves, created more than a second ago. */
export async function builderUnder(stage: FluxStage, spec: TemplateSpec = {}): Promise<Builder> {
  const builder = await newBuilder(stage, spec)
  await builder.push(await builder.rendered(FIRST))
  await eventually(async () => (await builder.look()).ready, READY)
  await eventually(() => verdict(builder), APPLIED)
  await nextSecond()
  return builder
}

/** Status and reason of what Flux says. */
export async function verdict({ ready }: FluxPackage): Promise<string> {
  const { status, reason }: Condition = await ready()
  return `${status} ${reason}`
}

/** Waits until Flux says that verdict, in such words; between two tries it says that it is at work. */
export async function verdictIs(
  { ready }: FluxPackage,
  expected: { readonly verdict: string; readonly message: RegExp },
): Promise<void> {
  const said = async () => {
    const { status, reason, message = '' }: Condition = await ready()
    return { verdict: `${status} ${reason}`, isAsExpected: expected.message.test(message) }
  }
  await eventually(said, { verdict: expected.verdict, isAsExpected: true })
}
