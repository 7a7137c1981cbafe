import { expect, test } from 'vitest'
import { createResponseParser } from './response-parser.ts'

/** Reads an answer in pieces of some length, then the end of the connection. */
function read(text: string, pieceLength: number) {
  const head: { status: number; headers: Record<string, string> } = { status: 0, headers: {} }
  let body = ''
  const parser = createResponseParser()
  parser.begin({
    onHead({ status, headers }) {
      head.status = status
      head.headers = Object.fromEntries(headers)
    },
    onBody(bytes) {
      body += bytes.toString('latin1')
    },
  })
  const bytes = Buffer.from(text, 'latin1')
  let complete = false
  for (let at = 0; at < bytes.length; at += pieceLength) complete = parser.push(bytes.subarray(at, at + pieceLength))
  return { ...head, body, complete, endedWell: complete || parser.end(), mayGoOn: parser.mayGoOn() }
}

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello'
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nT: 1\r\n\r\n'

test.each([1, 2, 3, 7, 1_000])('answers are read alike in pieces of %i bytes', (length) => {
  const expected = { status: 200, body: 'hello', complete: true, endedWell: true, mayGoOn: true }
  expect(read(withLength, length)).toMatchObject({ ...expected, headers: { 'x-a': '1, 2' } })
  expect(read(chunked, length)).toMatchObject(expected)
  expect(read(`HTTP/1.1 100 Continue\r\n\r\n${withLength}`, length)).toMatchObject(expected)
  expect(read('HTTP/1.0 200 OK\r\n\r\nhello', length)).toMatchObject({ ...expected, complete: false, mayGoOn: false })
  expect(read('HTTP/1.1 204 No Content\r\n\r\n', length)).toMatchObject({ status: 204, body: '', complete: true })
})

test('an answer that is cut anywhere is never taken for complete', () => {
  for (const answer of [withLength, chunked])
    for (let end = 1; end < answer.length; end += 1) expect(read(answer.slice(0, end), 1_000).endedWell).toBe(false)
})

test('bytes after an answer end the trust in its connection', () => {
  expect(read(`${withLength}HTTP/1.1 200 OK`, 1_000)).toMatchObject({ body: 'hello', complete: true, mayGoOn: false })
})

test.each([
  ['a chunked answer that also names a length', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n'],
  ['a chunked answer of HTTP/1.0', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n'],
])('%s is read by its chunks, and ends the trust in its connection', (_, head) => {
  const answer = read(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`, 1_000)
  expect(answer).toMatchObject({ body: 'hello', complete: true, mayGoOn: false })
  expect(answer.headers).not.toHaveProperty('content-length')
})

test.each([204, 304])('a %i has no body: what follows ends the trust in its connection', (status) => {
  const answer = read(`HTTP/1.1 ${status} X\r\nContent-Length: 5\r\n\r\nhello`, 1_000)
  expect(answer).toMatchObject({ status, body: '', complete: true, mayGoOn: false })
})

test('what a connection may be used for afterwards is told by the answer', () => {
  const after = (head: string) => read(`${head}\r\nContent-Length: 5\r\n\r\nhello`, 1_000).mayGoOn
  expect(after('HTTP/1.1 200 OK')).toBe(true)
  expect(after('HTTP/1.1 200 OK\r\nConnection: Close')).toBe(false)
  expect(after('HTTP/1.0 200 OK')).toBe(false)
  expect(after('HTTP/1.0 200 OK\r\nConnection: Keep-Alive')).toBe(true)
})

const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'

test.each(['0x5', '+5', '-5', ' 5', '5 5', '5g', '', ';x', '1'.repeat(13), `5;${'x'.repeat(5_000)}`])(
  'a chunk of size %j is refused',
  (size) => {
    expect(() => read(`${chunkedHead}${size}\r\nhello\r\n0\r\n\r\n`, 1_000)).toThrow('could not be understood')
  },
)

test.each([
  ['interim answers', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(10_000)],
  ['trailers', `${chunkedHead}0\r\n${'X: 1\r\n'.repeat(100_000)}`],
  ['headers', `HTTP/1.1 200 OK\r\n${'X: 1\r\n'.repeat(100_000)}`],
])('%s without end are not read without end', (_, answer) => {
  expect(() => read(answer, 1_000)).toThrow('could not be understood')
})

test.each([
  'SSH-2.0-OpenSSH\r\n\r\n',
  'HTTP/2 200\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
  'HTTP/1.1 200 OK\r\nX: 1\r\n folded: 2\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nX: 1\r\n\tfolded\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nX: 1\nContent-Length: 5\r\n\r\n',
  'HTTP/1.1 200 OK\r\nX: 1\rY: 2\r\nContent-Length: 5\r\n\r\n',
  'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 5\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\n\r\n',
  `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`,
])('%j is refused', (answer) => {
  expect(() => read(answer, 1_000)).toThrow('could not be understood')
})

test('a head after another is read as it would be alone, however alike they are', () => {
  const heads = [
    'HTTP/1.1 200 OK\r\nServer: a\r\nContent-Length: 0\r\nETag: "1"\r\n\r\n',
    'HTTP/1.1 200 OK\r\nServer: a\r\nContent-Length: 0\r\nETag: "12"\r\n\r\n',
    'HTTP/1.1 200 OK\r\nServer: ab\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nServer: ab\r\n\r\n',
    'HTTP/1.1 200 OK\r\nserver: a\r\nSERVER: b\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 204\r\n\r\n',
    'HTTP/1.1 204 \r\nServer: a\r\n\r\n',
    'HTTP/1.0 200 OK\r\nServer: a\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n',
  ]
  const expected = [
    { server: 'a', 'content-length': '0', etag: '"1"' },
    { server: 'a', 'content-length': '0', etag: '"12"' },
    { server: 'ab', 'content-length': '0' },
    { server: 'ab', 'content-length': '0' },
    { server: 'a, b', 'content-length': '0' },
    {},
    { server: 'a' },
    { server: 'a', connection: 'keep-alive', 'content-length': '0' },
  ]
  for (const [at, headers] of expected.entries())
    for (const before of heads) {
      expect(read(before, 1_000).complete).toBe(true)
      const answer = read(heads[at] ?? '', 1_000)
      expect([answer.headers, answer.complete, answer.mayGoOn]).toEqual([headers, true, true])
    }
})

test.each([
  'Content-Length: 5\r',
  'Content-Length: 5\n',
  'Content-Length: 5\0',
  'Content-Length: 5\r\nContent-Length: 6',
])('a broken head is refused after a whole one: %j', (line) => {
  read(withLength, 1_000)
  expect(() => read(`HTTP/1.1 200 OK\r\n${line}\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello`, 1_000)).toThrow()
  read(withLength, 1_000)
  expect(() => read(`HTTP/1.1 200 OK\r\r\n${line}\r\n\r\nhello`, 1_000)).toThrow()
})
