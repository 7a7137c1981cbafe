import { answerQuestions } from './answer-questions.ts'
import { readWorkbook } from './workbook.ts'

answerQuestions(readWorkbook)
