import { getWarningFeed } from '@tocsin/api/cap.ts'
import { useEffect, useState } from 'react'
import { CopyButton } from '../identity/CopyButton.tsx'
import { useShell } from '../shell/context.ts'

/** Where other programs read the warnings that stand. */
export function FeedPart() {
  const { t } = useShell()
  const [origin, setOrigin] = useState('')
  useEffect(() => setOrigin(location.origin), [])
  const address = `${origin}${getWarningFeed.path}`
  return (
    <section className="sec noprint" aria-labelledby="feed">
      <div className="h">
        <h2 id="feed">{t('cap.feed-title')}</h2>
      </div>
      <p className="read">{t('cap.feed-text')}</p>
      <dl className="feed">
        <dt>{t('feed.address')}</dt>
        <dd>
          <code dir="ltr">{address}</code>
        </dd>
      </dl>
      <p className="acts">
        <CopyButton text={address} />
      </p>
    </section>
  )
}
