import assert from 'node:assert/strict'
import type { EngineStage } from '../../harness/engines/engine-stage.ts'
import { type Tell, timed } from '../../harness/engines/life-of-a-builder.ts'
import { comeBack, destroy, leave } from './departure.ts'
import { create, grow, growWhatCannot } from './growth.ts'
import { recreate, replace, retireByEngine } from './succession.ts'

/**
 * The claims of builders under an engine: created, grown, rolled over, replaced, retained and deleted. Rejects if anything is not as it
 * must be.
 */
export async function lifeOfClaims(stage: EngineStage, tell: Tell): Promise<void> {
  const story = { ...stage, tell: timed(tell) }
  for (const chapter of [retireByEngine, create, grow, growWhatCannot, recreate, replace]) await chapter(story)
  // kpt live waits for the end of a deleted claim, and so cannot apply it again before.
  if (stage.engine.healsByItself) await comeBack(story)
  await leave(story)
  await destroy(story)
  assert.deepEqual(await stage.endpoints.stop(), [])
}
