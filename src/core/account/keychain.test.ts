import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createKeychain } from './keychain.ts'

const base = 'https://api.example/agents/v2'

type Fake = Parameters<typeof createKeychain>[0]
function fake(calls: {
  get?: () => Promise<string | null>
  set?: () => Promise<void>
  remove?: () => Promise<boolean>
}): Fake {
  const keytar = {
    getPassword: calls.get ?? (async () => null),
    setPassword: calls.set ?? (async () => {}),
    deletePassword: calls.remove ?? (async () => true),
  }
  return { load: async () => keytar, timeLimitMilliseconds: 50 }
}

test('an addon that cannot be loaded is a missing keychain', async () => {
  const load = async () => {
    throw new Error('libsecret-1.so.0: cannot open shared object file')
  }
  await expect(createKeychain({ load }).read(base)).rejects.toMatchObject({ error: { kind: 'keychain-missing' } })
})

test('a keychain that waits for a person is slow, and its late answer is not lost', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const keychain = createKeychain(fake({ get: () => promise }))
  await expect(keychain.read(base)).rejects.toMatchObject({ error: { kind: 'keychain-slow' } })
  const again = keychain.read(base)
  resolve('late-key')
  expect(await again).toBe('late-key')
})

test('a key that is kept too late is removed again, since the person was told otherwise', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let removed = 0
  const remove = async () => {
    removed += 1
    return true
  }
  const keychain = createKeychain(fake({ set: () => promise, remove }))
  await expect(keychain.write(base, 'a-key')).rejects.toMatchObject({ error: { kind: 'keychain-slow' } })
  resolve()
  await expect.poll(() => removed).toBe(1)
})

test('a key that is kept by trying again is not removed with the one that was kept too late', async () => {
  const late = Promise.withResolvers<void>()
  const entries = new Map<string, string>()
  const keytar = {
    getPassword: async (_: string, account: string) => entries.get(account) ?? null,
    setPassword: async (_: string, account: string, key: string) => {
      if (key === 'first') await late.promise
      entries.set(account, key)
    },
    deletePassword: async (_: string, account: string) => entries.delete(account),
  }
  const keychain = createKeychain({ load: async () => keytar, timeLimitMilliseconds: 50, platform: 'darwin' })
  await expect(keychain.write(base, 'first')).rejects.toMatchObject({ error: { kind: 'keychain-slow' } })
  const again = keychain.write(base, 'second')
  late.resolve()
  await again
  // Its turn comes after that of whatever is still to be done.
  await keychain.write('https://other.example', 'other')
  expect(await keychain.read(base)).toBe('second')
})

test('a write that had not begun when its time was up never begins', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  let written = 0
  const set = async () => {
    written += 1
  }
  const keychain = createKeychain({ ...fake({ get: () => promise, set }), platform: 'darwin' })
  const reading = keychain.read(base).catch(() => null)
  await expect(keychain.write(base, 'a-key')).rejects.toMatchObject({ error: { kind: 'keychain-slow' } })
  resolve('old-key')
  await reading
  expect(await keychain.read(base)).toBe('old-key')
  expect(written).toBe(0)
})

test.each([
  'User canceled the operation.',
  'User interaction is not allowed.',
  'The user name or passphrase you entered is not correct.',
])('%s: macOS means a locked keychain', async (message) => {
  const get = async () => {
    throw new Error(message)
  }
  await expect(createKeychain(fake({ get })).read(base)).rejects.toMatchObject({ error: { kind: 'keychain-locked' } })
})

const parts = ['/usr/bin/gnome-keyring-daemon', '/usr/bin/dbus-run-session', '/usr/share/doc/libsecret-1-0']
const missing = parts.filter((part) => !existsSync(part))
if (missing.length > 0)
  process.stderr.write(`Tests on a real keyring are skipped: ${missing.join(', ')} not installed.\n`)

describe.skipIf(missing.length > 0)('on a real gnome-keyring', () => {
  const unlock = 'printf test-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
  const leaveLocked = 'gnome-keyring-daemon --start --components=secrets >/dev/null'

  /** Runs calls of the keychain in a process of its own, on a bus of its own, and answers what each came to. */
  function onBus(options: {
    readonly home: string
    readonly before: string
    readonly calls: readonly (readonly [string, ...string[]])[]
    readonly bus?: readonly string[] | null
  }): unknown {
    const script = path.join(options.home, 'calls.mjs')
    writeFileSync(
      script,
      `const { createKeychain } = await import(${JSON.stringify(path.join(import.meta.dirname, 'keychain.ts'))})
       const keychain = createKeychain()
       const results = []
       for (const [call, ...args] of ${JSON.stringify(options.calls)})
         results.push(await keychain[call](...args).then((value) => value ?? null, (thrown) => thrown.error?.kind ?? String(thrown)))
       console.log('RESULT ' + JSON.stringify(results))`,
    )
    const shell = ['bash', '-c', `${options.before}; exec ${process.execPath} ${script}`]
    const session = options.bus === null ? [] : ['dbus-run-session', ...(options.bus ?? []), '--']
    const [command = '', ...args] = [...session, ...shell]
    const environment = { PATH: process.env.PATH, HOME: options.home, XDG_DATA_HOME: options.home }
    const result = spawnSync(command, args, {
      env: { ...environment, XDG_RUNTIME_DIR: options.home, NODE_NO_WARNINGS: '1' },
      encoding: 'utf8',
    })
    const line = /^RESULT (.*)$/m.exec(result.stdout)?.[1]
    if (line === undefined) throw new Error(`No result: ${result.stderr}`)
    return JSON.parse(line)
  }
  const homes: string[] = []
  afterAll(() => {
    for (const home of homes) rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })
  function newHome(): string {
    const home = mkdtempSync(path.join(tmpdir(), 'asteroid-files-keyring-'))
    homes.push(home)
    return home
  }

  test('a key outlives the process, one for each base, and is gone when it is removed', () => {
    const home = newHome()
    const first = onBus({
      home,
      before: unlock,
      calls: [
        ['read', base],
        ['write', base, 'secret-1'],
        ['write', 'https://other.example', 'secret-2'],
        ['read', base],
      ],
    })
    expect(first).toEqual([null, null, null, 'secret-1'])
    const second = onBus({
      home,
      before: unlock,
      calls: [
        ['read', 'https://other.example'],
        ['remove', base],
        ['read', base],
        ['remove', base],
        ['read', 'https://other.example'],
      ],
    })
    expect(second).toEqual(['secret-2', null, null, null, 'secret-2'])
    const files = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile() && each.name !== 'calls.mjs')
      .map((each) => readFileSync(path.join(each.parentPath, each.name), 'latin1'))
    expect(files.length).toBeGreaterThan(0)
    expect(files.join()).not.toContain('secret-')
  })

  test('a locked keyring is never taken for an empty one', () => {
    const home = newHome()
    onBus({ home, before: unlock, calls: [['write', base, 'secret-1']] })
    const calls = [
      ['read', base],
      ['write', base, 'secret-2'],
      ['remove', base],
    ] as const
    expect(onBus({ home, before: leaveLocked, calls })).toEqual([
      'keychain-locked',
      'keychain-locked',
      'keychain-locked',
    ])
    expect(onBus({ home, before: unlock, calls: [['read', base]] })).toEqual(['secret-1'])
  })

  test('a keyring that nobody has set up yet is not taken for an empty one either', () => {
    expect(onBus({ home: newHome(), before: leaveLocked, calls: [['read', base]] })).toEqual(['keychain-locked'])
  })

  test('without a bus, or without a keyring on it, there is no keychain', () => {
    const home = newHome()
    const calls = [
      ['read', base],
      ['write', base, 'secret-1'],
    ] as const
    expect(onBus({ home, before: 'true', calls, bus: null })).toEqual(['keychain-missing', 'keychain-missing'])
    const config = path.join(home, 'bus.conf')
    writeFileSync(
      config,
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
      <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
    )
    expect(onBus({ home, before: 'true', calls, bus: [`--config-file=${config}`] })).toEqual([
      'keychain-missing',
      'keychain-missing',
    ])
  })
})
