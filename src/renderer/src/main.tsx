import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { createAppStore } from './store/app-store.ts'
import { start } from './store/start.ts'
import { StoreProvider } from './store/store-context.tsx'
import { tellOfFaults, tellWhenPainted } from './store/tell-main.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { FaultPage } from './ui/fault-page.tsx'
import './ui/tokens.css'
import './ui/base.css'

tellOfFaults(bridge)
tellWhenPainted(bridge)
const store = createAppStore(bridge)
const place = document.getElementById('root')
if (!place) throw new Error('The page has no root.')
const root = createRoot(place)
const faultPage = <FaultPage onCopyDiagnostics={() => void bridge.invoke('app:copy-diagnostics', undefined)} />

/** A function of our own: as anyone's method, the browser's `reportError` throws. */
const report = (error: unknown) => reportError(error)

root.render(
  <StrictMode>
    <ErrorBoundary instead={faultPage} onError={report}>
      <StoreProvider store={store}>
        <App api={bridge} />
      </StoreProvider>
    </ErrorBoundary>
  </StrictMode>,
)
start(bridge, store).catch((error: unknown) => {
  report(error)
  root.render(faultPage)
})
