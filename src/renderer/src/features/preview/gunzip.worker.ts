import { answerQuestions } from './answer-questions.ts'
import { createGzipScanner } from './gzip-scanner.ts'

/** The next part of one packed file; the worker remembers the parts before. */
export type GunzipQuestion = { readonly bytes: Uint8Array; readonly isLast: boolean; readonly name: string }

let scanner: ReturnType<typeof createGzipScanner> | null = null

answerQuestions(({ bytes, isLast, name }: GunzipQuestion) => {
  scanner ??= createGzipScanner(name)
  return scanner.push(bytes, isLast)
})
