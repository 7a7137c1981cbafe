import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { bridge } from './bridge.ts'
import { createAppStore } from './store/app-store.ts'
import { start } from './store/start.ts'
import { StoreProvider } from './store/store-context.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import './ui/tokens.css'
import './ui/base.css'

const store = createAppStore(bridge)
void start(bridge, store)

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root.')
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary
      onError={reportError}
      onCopyDiagnostics={() => void bridge.invoke('app:copy-diagnostics', undefined)}
    >
      <StoreProvider store={store}>
        <App api={bridge} />
      </StoreProvider>
    </ErrorBoundary>
  </StrictMode>,
)
