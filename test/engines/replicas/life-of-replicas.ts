import type { EngineStage } from '../../harness/engines/engine-stage.ts'
import { type Tell, timed } from '../../harness/engines/life-of-a-builder.ts'
import { drain, drainWithoutEngine } from './evictions.ts'
import { changeNumber, leave } from './number.ts'
import { create, roll, rollBack } from './succession.ts'

/**
 * Builders of several Pods under an engine: created, drained, rolled, drained without the engine, rolled back, fewer, more and deleted. Rejects if anything is not as
 * it must be, or if an endpoint was empty even once.
 */
export async function lifeOfReplicas(stage: EngineStage, tell: Tell): Promise<void> {
  const story = { ...stage, tell: timed(tell) }
  for (const chapter of [create, drain, roll, drainWithoutEngine, rollBack, changeNumber, leave]) await chapter(story)
}
