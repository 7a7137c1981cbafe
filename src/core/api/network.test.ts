import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { createCertificate, startProxy, startServer } from './local-server.fixture.ts'
import { parseBase } from './request-policy.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
/** No name server knows a name under `.invalid` (RFC 6761): only a proxy can lead there. */
const host = 'api.asteroid.invalid'
const certificate = createCertificate(host)
afterAll(() => certificate?.remove())
const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

function list(base: string, environment: NodeJS.ProcessEnv = {}) {
  const client = createClient({ base: parseBase(base), key: 'secret-key' }, { environment })
  endings.push(client.close)
  return client.listFiles(executionId)
}
async function serve(secure = true) {
  if (!certificate) throw new Error('There is no certificate.')
  const keys: unknown[] = []
  const server = await startServer(
    (request, response) => {
      keys.push(request.headers['x-asteroid-agents-api-key'])
      response.end('{"directories":{}}')
    },
    secure ? certificate : undefined,
  )
  endings.push(server.close)
  return { ...server, keys }
}
async function proxyTo(port: number, refuseWith?: number) {
  const proxy = await startProxy({ leadsTo: port, ...(refuseWith === undefined ? {} : { refuseWith }) })
  endings.push(proxy.close)
  return proxy
}

test('a name that does not exist, and a port where nobody listens, are told apart', async () => {
  await expect(list(`https://${host}`)).rejects.toMatchObject({ error: { kind: 'offline', cause: 'dns' } })
  await expect(list('http://127.0.0.1:1')).rejects.toMatchObject({ error: { kind: 'offline', cause: 'refused' } })
})

test.each(['http://user:pass word@:80', 'ftp://user:pass word@proxy.example', '//'])(
  'a proxy that is no address (%s) is refused, without repeating what may hold a password',
  (text) => {
    const create = () =>
      createClient({ base: parseBase('https://x.example'), key: null }, { environment: { HTTPS_PROXY: text } })
    expect(create).toThrow('HTTPS_PROXY is not an address')
    expect(create).not.toThrow('pass word')
  },
)

test('so is one whose password is not encoded, which says how to', () => {
  const environment = { HTTPS_PROXY: 'http://user:100%hidden@proxy.example' }
  const create = () => createClient({ base: parseBase('https://x.example'), key: null }, { environment })
  expect(create).toThrow('The name or the password in HTTPS_PROXY has a “%” that stands for nothing.')
  expect(create).not.toThrow('hidden')
})

test('certificates that cannot be read are named', () => {
  const environment = { NODE_EXTRA_CA_CERTS: '/does/not/exist.pem' }
  expect(() => createClient({ base: parseBase('https://x.example'), key: null }, { environment })).toThrow(
    '/does/not/exist.pem',
  )
})

if (!certificate) process.stderr.write('Tests over TLS are skipped: openssl is not installed.\n')
describe.skipIf(!certificate)('over TLS', () => {
  const trusting = { NODE_EXTRA_CA_CERTS: certificate?.file ?? '' }

  test('a certificate that nobody vouches for is refused, and no key is sent', async () => {
    const { port, keys } = await serve()
    await expect(list(`https://127.0.0.1:${port}`)).rejects.toMatchObject({ error: { kind: 'offline', cause: 'tls' } })
    expect(keys).toEqual([])
  })

  test('a certificate in NODE_EXTRA_CA_CERTS is accepted, for its own name only', async () => {
    const { port } = await serve()
    expect((await list(`https://127.0.0.1:${port}`, trusting)).files).toEqual([])
    await expect(list(`https://localhost:${port}`, trusting)).rejects.toMatchObject({ error: { cause: 'tls' } })
  })

  test('NODE_EXTRA_CA_CERTS holds for a process that is started with it', async () => {
    const { port } = await serve()
    const script = path.join(path.dirname(certificate?.file ?? ''), 'list.mjs')
    writeFileSync(
      script,
      `const { createClient } = await import(${JSON.stringify(path.join(import.meta.dirname, 'client.ts'))})
       const client = createClient({ base: new URL('https://127.0.0.1:${port}'), key: 'k' })
       console.log((await client.listFiles('${executionId}')).files.length)
       await client.close()`,
    )
    const run = (environment: NodeJS.ProcessEnv) =>
      new Promise<number | null>((resolve) => {
        const child = spawn(process.execPath, [script], { env: { PATH: process.env.PATH, ...environment } })
        child.on('close', resolve)
      })
    expect([await run(trusting), await run({})]).toEqual([0, 1])
  })

  test.each([
    ['HTTPS_PROXY', 'http://'],
    ['https_proxy', ''],
    ['HTTP_PROXY', 'http://'],
  ])('%s leads through its tunnel, key and all', async (name, scheme) => {
    const { port, keys } = await serve()
    const proxy = await proxyTo(port)
    const environment = { ...trusting, [name]: `${scheme}127.0.0.1:${proxy.port}` }
    expect((await list(`https://${host}`, environment)).files).toEqual([])
    expect([proxy.asked, keys]).toEqual([[`${host}:443`], ['secret-key']])
  })

  test('NO_PROXY keeps a name out of the tunnel', async () => {
    const { port } = await serve()
    const proxy = await proxyTo(port)
    const environment = {
      ...trusting,
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      NO_PROXY: 'other.example,.invalid',
    }
    await expect(list(`https://${host}`, environment)).rejects.toMatchObject({ error: { cause: 'dns' } })
    expect(proxy.asked).toEqual([])
  })

  test('this computer is never reached through a proxy', async () => {
    const [secure, plain] = [await serve(), await serve(false)]
    const proxy = await proxyTo(secure.port)
    const proxies = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }
    await list(`https://127.0.0.1:${secure.port}`, { ...trusting, ...proxies })
    await list(`http://127.0.0.1:${plain.port}`, proxies)
    expect(proxy.asked).toEqual([])
  })

  test('a proxy that refuses is named as what stood in the way', async () => {
    const { port } = await serve()
    const proxy = await proxyTo(port, 407)
    const environment = { ...trusting, HTTPS_PROXY: `http://user:hidden-word@127.0.0.1:${proxy.port}` }
    await expect(list(`https://${host}`, environment)).rejects.toMatchObject({
      error: { kind: 'offline', cause: 'proxy', message: expect.stringMatching(/^The proxy asks for a name.*407/) },
    })
  })
})
