import {
  type Calendar,
  downloadCalendar,
  makeCalendarFeed,
  readCalendarFeed,
  revokeCalendarFeed,
} from '@tocsin/api/calendar.ts'
import { useEffect, useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { ShownOnce } from '../identity/ShownOnce.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

/** The calendar in the reader's own program: a subscription with a password, or a file to save. */
export function FeedPart({ feed }: Pick<Calendar, 'feed'>) {
  const { t, client, locale } = useShell()
  const [password, setPassword] = useState<string>()
  const [origin, setOrigin] = useState('')
  useEffect(() => setOrigin(location.origin), [])
  const make = async () => setPassword((await client(makeCalendarFeed, { body: {} })).password)
  const revoke = async () => {
    await client(revokeCalendarFeed, {})
    setPassword(undefined)
  }
  return (
    <section className="sec" aria-labelledby="feed">
      <div className="h">
        <h2 id="feed">{t('feed.title')}</h2>
      </div>
      <p className="read">{t('feed.text')}</p>
      <dl className="feed">
        <dt>{t('feed.address')}</dt>
        <dd>
          <code dir="ltr">{`${origin}${readCalendarFeed.path}`}</code>
        </dd>
        {feed && (
          <>
            <dt>{t('feed.user')}</dt>
            <dd>
              <code dir="ltr">{feed.user}</code>
            </dd>
          </>
        )}
      </dl>
      {password && (
        <ShownOnce label={t('feed.password')} text={password}>
          {t('feed.once')}
        </ShownOnce>
      )}
      {feed && (
        <p className="md">
          {t('feed.made', { at: formatInstant(locale, feed.madeAt) })}{' '}
          {feed.usedAt
            ? t('feed.used', { at: formatInstant(locale, feed.usedAt) })
            : t('feed.unused')}
        </p>
      )}
      <p className="acts">
        <ActButton deed={make}>{t(feed ? 'feed.make-anew' : 'feed.make')}</ActButton>
        {feed && <ActButton deed={revoke}>{t('feed.revoke')}</ActButton>}
        <a className="b" href={downloadCalendar.path} download="tocsin.ics">
          {t('calendar.download')}
        </a>
      </p>
    </section>
  )
}
