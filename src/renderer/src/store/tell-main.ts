import type { Api } from '../../../shared/contract.ts'

/** A fault in something that repeats must not fill the log. */
const mostFaults = 20
const longestFault = 10_000

/** Tells main once that the window has painted something to see. */
export function tellWhenPainted(api: Api): void {
  const observer = new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length === 0) return
    observer.disconnect()
    void api.invoke('app:painted', undefined)
  })
  observer.observe({ type: 'paint', buffered: true })
}

/** Tells main of what nobody caught in the window, so that the log has it. */
export function tellOfFaults(api: Api): void {
  let told = 0
  const tell = (thrown: unknown) => {
    told += 1
    if (told > mostFaults) return
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    // There is nobody else to tell, and telling of it again would never end.
    api.invoke('app:report-fault', { text: text.slice(0, longestFault) }).catch(() => {})
  }
  // Chromium's own remarks, such as that of an observer that came late, have no error.
  addEventListener('error', ({ error }) => error && tell(error))
  addEventListener('unhandledrejection', ({ reason }) => tell(reason))
}
