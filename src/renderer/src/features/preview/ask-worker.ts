import { PreviewProblem } from './preview-reader.ts'

/**
 * Asks a worker one question and ends it, also when it takes too long: whatever the content does to a parser, the window
 * goes on. With `keep`, a worker that answered in time is left for further questions. Throws a `PreviewProblem`.
 */
export function askWorker<Question, Answer>(options: {
  readonly worker: Worker
  readonly question: Question
  readonly milliseconds: number
  readonly signal: AbortSignal
  /** What to say when the content is too much or broken. */
  readonly problem: string
  readonly keep?: boolean
}): Promise<Answer> {
  const { worker, question, milliseconds, signal, problem, keep = false } = options
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => reject(new PreviewProblem(problem)), milliseconds)
  const cancel = () => reject(new PreviewProblem('This preview was closed.', true))
  signal.addEventListener('abort', cancel)
  worker.onmessage = ({ data }: MessageEvent<WorkerAnswer<Answer>>) =>
    data.ok ? resolve(data.value) : reject(new PreviewProblem(data.message || problem))
  worker.onerror = () => reject(new PreviewProblem(problem))
  worker.postMessage(question)
  const isKept = promise.then(
    () => keep,
    () => false,
  )
  return promise.finally(async () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
    if (!(await isKept)) worker.terminate()
  })
}

/** What a worker posts back. */
export type WorkerAnswer<Answer> =
  | { readonly ok: true; readonly value: Answer }
  | { readonly ok: false; readonly message: string }
