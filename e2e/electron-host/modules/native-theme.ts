import { StrictEmitter } from '../emitter.ts'
import { hostState } from '../state.ts'

class HostTheme extends StrictEmitter {
  #source: Electron.NativeTheme['themeSource'] = 'system'

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    this.#source = source
    const colorScheme = source === 'system' ? null : source
    for (const window of hostState().windows)
      void window.contents.page().then((page) => page.emulateMedia({ colorScheme }))
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}

export const nativeTheme = new HostTheme('nativeTheme', ['updated'])
