import path from 'node:path'
import { type BrowserWindow, dialog, shell } from 'electron'
import { Failure } from '../core/failure.ts'

/**
 * Kinds that the system runs, installs, mounts or follows rather than shows. See Microsoft’s page “Blocked attachments in
 * Outlook” for Windows, and the types that macOS itself holds to be unsafe for it; what Linux desktops run is added.
 */
const runnable = new Set(
  (
    'app appimage appref-ms application bash bat bin chm class cmd com command cpl csh deb desktop dll dmg docm dotm exe ' +
    'gadget hta inf iso jar js jse jnlp ksh lnk mht mhtml mpkg msc msi msix msp mst osx out paf pif pkg potm ppam ppsm ' +
    'pptm ps1 psm1 py pyw rb reg rpm run scf scpt scr sh sldm terminal tool url vb vbe vbs webloc wsf wsh workflow ' +
    'xlam xlsm xltm zsh ' +
    // Add-ins and binary workbooks with macros, and what installs an app or is one by Windows' own means.
    'accdb accde ade adp appinstaller appx appxbundle diagcab grp hlp library-ms mad mam maq mda mdb mde ' +
    'msh msh1 msh2 msixbundle msu ops pcd pl ppa prg ps1xml ps2 psc1 search-ms searchconnector-ms settingcontent-ms ' +
    'theme themepack vbp vhd vhdx vsmacros vsw wll wiz wsc xlb xlm xlsb xll ' +
    // Disks and links of macOS, its scripts and bundles; and Linux's packages.
    'action bundle fileloc flatpak flatpakref img inetloc mobileconfig plugin prefpane qlgenerator saver ' +
    'scptd service shortcut snap sparsebundle sparseimage toast udf wdgt cdr xip ' +
    // Pages and drawings run their scripts in the browser, with a network; older Office files may hold macros.
    'htm html shtml svg svgz xht xhtml doc dot pps ppt slk xla xls xlt'
  ).split(' '),
)

/** Tells whether opening a file may run what is in it, by its name. */
function mayRun(file: string): boolean {
  const extension = path.extname(file).slice(1).toLowerCase()
  return extension === '' || runnable.has(extension)
}

/** Opens a file in the system's app for it; of one that may run it asks first. Throws a `Failure` when no app opens it. */
export async function openFile(window: BrowserWindow | null, file: string): Promise<void> {
  if (mayRun(file) && !(await agrees(window, file))) return
  const problem = await shell.openPath(file)
  if (problem !== '')
    throw new Failure({
      kind: 'disk',
      code: 'OPEN',
      message: `“${path.basename(file)}” could not be opened: ${problem}`,
    })
}

async function agrees(window: BrowserWindow | null, file: string): Promise<boolean> {
  const options = {
    type: 'warning',
    message: `“${path.basename(file)}” can run code. Open it?`,
    detail:
      'It comes from a run, and can do anything that you can do on this computer. Open it only if you know what it is.',
    buttons: ['Don’t open', 'Open'],
    defaultId: 0,
    cancelId: 0,
  } satisfies Electron.MessageBoxOptions
  const { response } = window ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options)
  return response === 1
}
