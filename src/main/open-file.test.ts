import { beforeEach, expect, test, vi } from 'vitest'
import { openFile } from './open-file.ts'

const { opened, asked, answers } = vi.hoisted(() => ({
  opened: [] as string[],
  asked: [] as { message: string; defaultId: number; cancelId: number; buttons: readonly string[] }[],
  answers: { button: 0, problem: '' },
}))
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: async (options: (typeof asked)[number]) => {
      asked.push(options)
      return { response: answers.button }
    },
  },
  shell: {
    openPath: async (file: string) => {
      opened.push(file)
      return answers.problem
    },
  },
}))

beforeEach(() => {
  opened.length = 0
  asked.length = 0
  answers.button = 0
  answers.problem = ''
})

test.each(['report.pdf', 'data.csv', 'photo.PNG', 'notes.txt', 'table.xlsx', 'letter.docx'])(
  '%s is opened',
  async (name) => {
    await openFile(null, `/staging/${name}`)
    expect([opened, asked]).toEqual([[`/staging/${name}`], []])
  },
)

test.each([
  'setup.exe',
  'SETUP.EXE',
  'run.sh',
  'invoice.pdf.exe',
  'program',
  'page.html',
  'drawing.svg',
  'macros.xlsm',
  'old.xls',
  'letter.docm',
  'table.xlsb',
  'addin.xll',
  'disk.vhdx',
  'disk.img',
  'place.inetloc',
  'panel.settingcontent-ms',
  'store.appinstaller',
  'profile.mobileconfig',
  'link.desktop',
  'link.url',
  'script.py',
  'archive.jar',
  '.profile',
])('%s is opened only when the person says so', async (name) => {
  await openFile(null, `/staging/${name}`)
  expect(opened).toEqual([])
  const [question] = asked
  expect(question?.message).toContain(name)
  // Return and Escape mean no.
  expect([question?.buttons[question.defaultId], question?.cancelId]).toEqual(['Don’t open', question?.defaultId])
  answers.button = 1
  await openFile(null, `/staging/${name}`)
  expect(opened).toEqual([`/staging/${name}`])
})

test('a file that no app opens is named', async () => {
  answers.problem = 'No application knows it.'
  await expect(openFile(null, '/staging/notes.txt')).rejects.toThrow('“notes.txt” could not be opened: No application')
})
