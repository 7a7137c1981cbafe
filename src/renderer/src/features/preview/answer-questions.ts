import type { WorkerAnswer } from './ask-worker.ts'

/** A sentence for a person about content that can't be shown, thrown in a worker. */
export class ContentProblem extends Error {}

/** Makes a worker answer each question with what the function makes of it. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Promise<Answer> | Answer): void {
  addEventListener('message', async ({ data }: MessageEvent<Question>) => {
    postMessage(await answerOf(answer, data))
  })
}

async function answerOf<Question, Answer>(
  answer: (question: Question) => Promise<Answer> | Answer,
  question: Question,
): Promise<WorkerAnswer<Answer>> {
  try {
    return { ok: true, value: await answer(question) }
  } catch (thrown) {
    return { ok: false, message: thrown instanceof ContentProblem ? thrown.message : '' }
  }
}
