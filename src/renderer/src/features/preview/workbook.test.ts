import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readWorkbook } from './workbook.ts'

const workbook = (sheet: string, extra: Record<string, string> = {}) =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        'xl/workbook.xml': '<workbook><sheets><sheet name="Q1 &amp; Q2" sheetId="1" r:id="rId1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/sharedStrings.xml':
          '<sst><si><t>Name</t></si><si><r><t>Big </t></r><r><t xml:space="preserve">&lt;deal&gt;</t></r></si></sst>',
        'xl/styles.xml':
          '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="0.00 &quot;dollars&quot;"/></numFmts>' +
          '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
        ...extra,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  )

test('reads texts, numbers, dates and gaps', () => {
  const [sheet] = readWorkbook(
    workbook(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
        '<row r="3"><c r="A3"><v>0.30000000000000004</v></c><c r="B3" s="1"><v>46023</v></c><c r="C3" s="2"><v>12.5</v></c>' +
        '<c r="D3" t="b"><v>1</v></c><c r="E3" t="inlineStr"><is><t>here</t></is></c><c r="F3" t="e"><v>#DIV/0!</v></c></row>',
    ),
  )
  expect(sheet?.name).toBe('Q1 & Q2')
  expect(sheet?.rows).toEqual([
    ['Name', '', 'Big <deal>'],
    [],
    ['0.3', '2026-01-01', '12.5', 'TRUE', 'here', '#DIV/0!'],
  ])
})

test('rows above and below the table that have a look but nothing in them are left out', () => {
  const styled = (row: number) => `<row r="${row}"><c r="A${row}" s="1"/></row>`
  const [table, empty] = [`${styled(1)}<row r="3"><c r="A3"><v>1</v></c></row>${styled(4)}`, styled(1)].map(
    (sheet) => readWorkbook(workbook(sheet))[0],
  )
  expect([table?.rows, empty?.rows]).toEqual([[['1']], []])
})

test('the days before March 1900 are told as spreadsheets count them', () => {
  const [sheet] = readWorkbook(
    workbook('<row r="1"><c s="1"><v>1</v></c><c s="1"><v>61</v></c><c s="1"><v>0.5</v></c></row>'),
  )
  expect(sheet?.rows).toEqual([['1900-01-01', '1900-03-01', '12:00:00']])
})

test('a sheet with too many rows or columns is cut, and says so', () => {
  const [sheet] = readWorkbook(
    workbook('<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>2</v></c></row><row r="1048576"><c><v>3</v></c></row>'),
  )
  expect(sheet).toMatchObject({ rows: [['1']], isCut: true })
})

test('an entity that a workbook defines for itself is not followed', () => {
  const [sheet] = readWorkbook(workbook('<row r="1"><c t="str"><v>&lol9;&#1114112;</v></c></row>'))
  expect(sheet?.rows).toEqual([['&lol9;&#1114112;']])
})

test('what is no workbook ends in a sentence', () => {
  expect(() => readWorkbook(new Uint8Array(100))).toThrow('This workbook is broken')
  expect(() => readWorkbook(zipSync({ 'a.txt': new Uint8Array(3) }))).toThrow('broken or locked')
})
