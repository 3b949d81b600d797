import { type Stage, type StageOptions, startStage } from '../../harness/servers/stage.ts'
import { type Noise, type NoisyTenant, startNoisyTenant } from './noisy-tenant.ts'

/** A stage on which another tenant makes noise all the time. */
export interface NoisyStage extends Stage {
  readonly noise: NoisyTenant
}

export interface NoisyStageOptions extends StageOptions {
  readonly noise?: Noise
}

export async function startNoisyStage(
  args: readonly string[],
  { noise: asked = {}, ...options }: NoisyStageOptions = {},
): Promise<NoisyStage> {
  const stage = await startStage(args, options)
  const noise = await startNoisyTenant(stage.cluster, asked)
  const stop = async () => {
    await noise.stop()
    await stage.stop()
  }
  return { ...stage, noise, stop }
}
