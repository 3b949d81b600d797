import type { Answer, Job } from './messages.ts'

/** The text of the worker, in the page itself: it can start again without a request, and the policy of the page holds for it. */
declare const WORKER: string

const LIMIT_SECONDS = 60
const TOO_SLOW = `Rendering must take at most ${LIMIT_SECONDS} s, but these manifests take longer. Use the command.`

/** Does one job at a time in a worker. Of jobs that wait only the last is done. */
export function background(onAnswer: (answer: Answer, job: Job) => void): (job: Job) => void {
  let worker = startWorker(end)
  let running: Job | undefined
  let waiting: Job | undefined
  let limit = 0

  function start(job: Job): void {
    running = job
    limit = window.setTimeout(giveUp, LIMIT_SECONDS * 1000)
    worker.postMessage(job)
  }

  function end(answer: Answer): void {
    window.clearTimeout(limit)
    const [done, next] = [running, waiting]
    running = undefined
    waiting = undefined
    if (next) start(next)
    if (done) onAnswer(answer, done)
  }

  function giveUp(): void {
    worker.terminate()
    worker = startWorker(end)
    end({ failure: TOO_SLOW })
  }

  return (job) => {
    if (running) waiting = job
    else start(job)
  }
}

function startWorker(end: (answer: Answer) => void): Worker {
  const url = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }))
  const worker = new Worker(url)
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => end(data))
  worker.addEventListener('error', ({ message }) => end({ failure: `Internal error, please report it: ${message}` }))
  return worker
}
