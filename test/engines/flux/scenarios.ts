import type { FluxStage } from '../../harness/engines/flux/flux-stage.ts'

/** Tests by what they show; they run side by side. */
export type Scenarios = Readonly<Record<string, (stage: FluxStage) => Promise<void>>>
