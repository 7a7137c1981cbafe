import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getCACertificates } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { extraTrust } from './certificates.ts'
import { createCertificate } from './local-server.fixture.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-certificates-'))
afterAll(() => rmSync(folder, { recursive: true }))
const bundled = getCACertificates('bundled').slice(0, 2)
const own = createCertificate('api.asteroid.invalid')
afterAll(() => own?.remove())

function trustIn(name: string, text: string) {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return extraTrust({ NODE_EXTRA_CA_CERTS: file })
}

test('nothing is made of certificates that TLS trusts already, however their lines are set', () => {
  expect(trustIn('same.pem', `# Authorities\n${bundled.join('\n')}`)).toBeUndefined()
  const reset = bundled.map((pem) => pem.replaceAll(/([A-Za-z0-9+/=]{32})\n?/g, '$1\r\n'))
  expect(reset).not.toEqual(bundled)
  expect(trustIn('reset.pem', reset.join('\r\n'))).toBeUndefined()
})

test.skipIf(!own)('one certificate more than TLS trusts is trusted, once made and then kept', () => {
  const file = own?.file ?? ''
  const trust = extraTrust({ NODE_EXTRA_CA_CERTS: file })
  expect(trust).toBeDefined()
  expect(extraTrust({ NODE_EXTRA_CA_CERTS: file })).toBe(trust)
})
