import { background } from './background.ts'
import type { Job, Rendered } from './messages.ts'

const PAUSE_MILLISECONDS = 150

/** Who is told how a render goes. */
interface Audience {
  readonly onStart: () => void
  readonly onRendered: (rendered: Rendered) => void
  readonly onFailure: (message: string) => void
}

/** Renders in the background what it is given; of changes that follow each other quickly, as when somebody types, the first and the last. */
export function renderer({ onStart, onRendered, onFailure }: Audience): (job: Job) => void {
  let asked: Job | undefined
  let [changedAt, timer] = [Number.NEGATIVE_INFINITY, 0]
  const send = background((answer, job) => {
    if (job !== asked) return
    if ('failure' in answer) onFailure(answer.failure)
    else onRendered(answer.rendered)
  })
  return (job) => {
    if (job.text === asked?.text && job.since === asked.since) return
    asked = job
    const isAlone = performance.now() - changedAt > PAUSE_MILLISECONDS
    changedAt = performance.now()
    onStart()
    window.clearTimeout(timer)
    if (isAlone) send(job)
    else timer = window.setTimeout(() => send(job), PAUSE_MILLISECONDS)
  }
}
