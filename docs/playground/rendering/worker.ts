import type { Answer, Job } from './messages.ts'
import { rendered } from './rendered.ts'

// A text that is no YAML makes an error for each of its characters, and nobody asks where those come from.
Object.assign(Error, { stackTraceLimit: 0 })

addEventListener('message', ({ data }: MessageEvent<Job>) => postMessage(answerTo(data)))

function answerTo(job: Job): Answer {
  try {
    return { rendered: rendered(job) }
  } catch (error) {
    return { failure: `Internal error, please report it: ${(error as Error).message}` }
  }
}
