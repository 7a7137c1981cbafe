import { type Source, withoutComments } from './layers.ts'

/** What every window must say, also where it is Electron's default: a default is seen by nobody when it changes. */
const wanted = [
  'sandbox: true',
  'contextIsolation: true',
  'nodeIntegration: false',
  'nodeIntegrationInSubFrames: false',
  'webSecurity: true',
  'webviewTag: false',
] as const

/**
 * What no file of the app may say, and why; the numbers are those of Electron's list in docs/security.md. The third, where
 * there is one, names the file that may.
 */
const unwanted: readonly (readonly [RegExp, string, string?])[] = [
  [/\bloadURL\(\s*['"`]http:/, 'loads a page without protection (1)'],
  [/rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|ignore-certificate-errors/, 'trusts any server (1)'],
  [/setCertificateVerifyProc|certificate-error/, 'decides about certificates (1)'],
  [/nodeIntegration\w*:\s*true/, 'gives a page Node (2)'],
  [/contextIsolation:\s*false/, 'gives a page the preload’s world (3)'],
  [/sandbox:\s*false|['"]no-sandbox['"]/, 'takes a page out of the sandbox (4)'],
  [/webSecurity:\s*false|['"]disable-web-security['"]/, 'drops the same-origin policy (6)'],
  [/script-src[^;]*unsafe-|bypassCSP:\s*true/, 'lets scripts past the content policy (7)'],
  // A page of a run is drawn in a frame without scripts, links or requests, and brings its own styles.
  [/unsafe-(inline|eval|hashes)/, 'weakens the content policy (7)', 'src/core/preview/content-route.ts'],
  [/allowRunningInsecureContent/, 'allows insecure content (8)'],
  [/experimentalFeatures/, 'turns on what Chromium calls experimental (9)'],
  [/enableBlinkFeatures|['"]enable-blink-features['"]/, 'turns on parts of Blink (10)'],
  [/allowpopups/, 'lets a webview open windows (11)'],
  [/<webview|webviewTag:\s*true/, 'uses a webview (12)'],
  [/\bloadFile\(|['"`]file:\/\//, 'loads a page from file: (18)'],
  [
    /exposeInMainWorld\([^)]*\bipcRenderer\b|:\s*ipcRenderer\b(?!\.)|,\s*ipcRenderer\s*[,}](?!.*from)/,
    'hands a page Electron itself (20)',
  ],
  [/dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|\bdocument\.write\(/, 'makes markup out of text'],
  [/\beval\(|\bnew Function\(|\bexecuteJavaScript\(/, 'makes code out of text'],
]

/** Options of Electron and habits of pages that would open what docs/security.md says is closed. */
export function electronOptionFaults(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ file }) => !/\.(test|fixture)\.tsx?$/.test(file))
    .flatMap(({ file, text }) => {
      const code = withoutComments(text)
      const opensWindow = /\bnew (BrowserWindow|WebContentsView|BrowserView)\(/.test(code)
      return [
        ...unwanted
          .filter(([pattern, , except]) => file !== except && pattern.test(code))
          .map(([, why]) => `${file} ${why}`),
        ...(opensWindow ? wanted.filter((option) => !code.includes(option)) : []).map(
          (option) => `${file} opens a window without ${option}`,
        ),
      ]
    })
}
