import { Marked } from 'marked'
import { answerQuestions } from './answer-questions.ts'

// Answers HTML that is not safe yet: the window takes out all that is not text.
answerQuestions((text: string) => new Marked({ gfm: true, async: false }).parse(text))
