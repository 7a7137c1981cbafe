/** What must hold of every package, whatever the system. */
export const packageRules = {
  /**
   * Bytes of our own code and its dependencies: the archive and what lies beside it, without Electron. A quarter are the
   * fonts, character maps and decoders without which some PDFs show blank pages.
   */
  appBytes: 9 * 1024 * 1024,
  /** Bytes of the whole unpacked folder; Electron's own share is about 300 MB, twice that in a universal macOS app. */
  folderBytes: { darwin: 700 * 1024 * 1024, linux: 380 * 1024 * 1024, win32: 380 * 1024 * 1024 },
  /** What may stand at the top of the archive. */
  topLevel: ['out', 'node_modules', 'resources', 'package.json'],
  /** What is never packed: source maps, sources, tests and whatever only developers run. */
  forbidden: /\.map$|\.[cm]?ts$|\.tsx$|\.test\.|\.spec\.|(^|\/)(e2e|tools|electron-host|__tests__|\.env[^/]*)(\/|$)/,
  /** The state of each fuse, by its name in @electron/fuses. */
  fuses: {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  },
} as const

export type FuseName = keyof typeof packageRules.fuses
