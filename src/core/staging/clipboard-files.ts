import { pathToFileURL } from 'node:url'

/** One format of the system's clipboard and its content. */
export type ClipboardFormat = { readonly format: string; readonly content: Buffer }

/**
 * How files lie on the clipboard for a system's file manager to paste.
 *
 * macOS: a property list of paths. Windows: a DROPFILES structure with UTF-16 paths, and the first path alone for those
 * that read no more. Linux: the list that GNOME, KDE and Xfce read; its first word tells copying from cutting.
 */
export function clipboardFormats(platform: NodeJS.Platform, paths: readonly string[]): readonly ClipboardFormat[] {
  if (platform === 'darwin') return [{ format: 'NSFilenamesPboardType', content: Buffer.from(propertyList(paths)) }]
  if (platform === 'win32')
    return [
      { format: 'CF_HDROP', content: dropFiles(paths) },
      { format: 'FileNameW', content: Buffer.from(`${paths[0] ?? ''}\0`, 'utf16le') },
    ]
  const addresses = paths.map((file) => pathToFileURL(file).href)
  return [
    { format: 'x-special/gnome-copied-files', content: Buffer.from(['copy', ...addresses].join('\n')) },
    { format: 'text/uri-list', content: Buffer.from(addresses.map((address) => `${address}\r\n`).join('')) },
  ]
}

function propertyList(paths: readonly string[]): string {
  const strings = paths.map((file) => `<string>${escapeXml(file)}</string>`).join('')
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n' +
    `<plist version="1.0"><array>${strings}</array></plist>`
  )
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** https://learn.microsoft.com/windows/win32/api/shlobj_core/ns-shlobj_core-dropfiles */
function dropFiles(paths: readonly string[]): Buffer {
  const header = Buffer.alloc(20)
  header.writeUInt32LE(20, 0)
  header.writeUInt32LE(1, 16)
  return Buffer.concat([header, Buffer.from(`${paths.join('\0')}\0\0`, 'utf16le')])
}
