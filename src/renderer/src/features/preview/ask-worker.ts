import { PreviewProblem } from './preview-reader.ts'

/**
 * Asks a worker one question and ends it, also when it takes too long: whatever the content does to a parser, the window
 * goes on. Throws a `PreviewProblem`.
 */
export function askWorker<Question, Answer>(options: {
  readonly worker: Worker
  readonly question: Question
  readonly milliseconds: number
  readonly signal: AbortSignal
  /** What to say when the content is too much or broken. */
  readonly problem: string
}): Promise<Answer> {
  const { worker, question, milliseconds, signal, problem } = options
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => reject(new PreviewProblem(problem)), milliseconds)
  const cancel = () => reject(new PreviewProblem('This preview was closed.', true))
  signal.addEventListener('abort', cancel)
  worker.onmessage = ({ data }: MessageEvent<WorkerAnswer<Answer>>) =>
    data.ok ? resolve(data.value) : reject(new PreviewProblem(data.message || problem))
  worker.onerror = () => reject(new PreviewProblem(problem))
  worker.postMessage(question)
  return promise.finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
    worker.terminate()
  })
}

/** What a worker posts back. */
export type WorkerAnswer<Answer> =
  | { readonly ok: true; readonly value: Answer }
  | { readonly ok: false; readonly message: string }
