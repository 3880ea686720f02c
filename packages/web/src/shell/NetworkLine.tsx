import { useSyncExternalStore } from 'react'
import { useShell } from './context.ts'

/** Says that there is no network, and that what is shown is what was kept. */
export function NetworkLine() {
  const { t } = useShell()
  const offline = useSyncExternalStore(listen, isOffline, () => false)
  return (
    <div role="status" className="net">
      {offline && t('app.offline')}
    </div>
  )
}

const isOffline = (): boolean => !navigator.onLine

function listen(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}
