import { setNoticePreference } from '@tocsin/api/notices.ts'
import { useShell } from '../shell/context.ts'
import { ActForm, textOf } from './ActForm.tsx'

const ways = ['at-once', 'digest'] as const

/** Whether notices that are not urgent come at once or together once a day. */
export function NoticesPart({ digest }: { readonly digest: boolean }) {
  const { t, client } = useShell()
  const keep = async (fields: FormData) => {
    const body = { digest: textOf(fields, 'way') === 'digest' }
    await client(setNoticePreference, { body })
  }
  const chosen = digest ? 'digest' : 'at-once'
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('notice.preference')}</h2>
        <span className="more">{t('notice.preference-hint')}</span>
      </div>
      <ActForm key={chosen} submit={t('notice.preference-keep')} deed={keep}>
        <fieldset>
          <legend>{t('notice.preference-legend')}</legend>
          {ways.map((way) => (
            <label key={way} className="check">
              <input type="radio" name="way" value={way} defaultChecked={way === chosen} />
              {t(`notice.preference-${way}`)}
            </label>
          ))}
        </fieldset>
      </ActForm>
    </section>
  )
}
