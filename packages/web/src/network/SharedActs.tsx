import { acknowledgeShared, markRead, takeUp } from '@tocsin/api/shared.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import { Reaction } from '@tocsin/domain/notification.ts'
import { useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import type { Shared } from './SharedObjectPage.tsx'

/** What can be done with what others shared: acknowledge, say that it was read, take it up. */
export function SharedActs({ shared }: { readonly shared: Shared }) {
  const { t, locale, client } = useShell()
  const [matter] = useState(() => newId<MatterId>())
  if (!mayWork(useActor())) return null
  const params = { id: shared.id }
  const isWarning = shared.type === 'atrocity-alert'
  const canTakeUp = isWarning || shared.type === 'grouping' || shared.type === 'report'
  return (
    <section className="sec noprint">
      <div className="h">
        <h2>{t('shared.acts')}</h2>
      </div>
      {shared.acknowledgedAt && (
        <p>{t('shared.acknowledged-at', { at: formatInstant(locale, shared.acknowledgedAt) })}</p>
      )}
      {isWarning && !shared.acknowledgedAt && (
        <ActForm
          submit={t('shared.acknowledge')}
          isMain
          deed={async (fields) => {
            const said = (name: string) => String(fields.get(name) ?? '').trim()
            await client(acknowledgeShared, {
              params,
              body: {
                reaction: Reaction.parse(said('reaction')),
                note: said('note') || null,
                name: said('name'),
                office: said('office'),
              },
            })
          }}
        >
          <p className="two">{t('shared.acknowledge-means')}</p>
          <Choice name="reaction" label={t('shared.reaction')}>
            {Reaction.options.map((reaction) => (
              <option key={reaction} value={reaction}>
                {t(`letter.reaction-${reaction}`)}
              </option>
            ))}
          </Choice>
          <Field name="name" label={t('shared.name')} required maxLength={200} />
          <Field name="office" label={t('shared.office')} required maxLength={200} />
          <Field name="note" label={t('shared.note')} maxLength={2000} />
        </ActForm>
      )}
      {shared.asksWhoRead && (
        <p className="two">{t(shared.hasBeenRead ? 'shared.told-read' : 'shared.asks-means')}</p>
      )}
      <p className="acts">
        {shared.asksWhoRead && !shared.hasBeenRead && (
          <ActButton
            deed={async () => {
              await client(markRead, { params })
            }}
          >
            {t('shared.say-read')}
          </ActButton>
        )}
        {canTakeUp && !shared.takenUp && (
          <ActButton
            deed={async () => {
              await client(takeUp, { params, body: { matter } })
            }}
          >
            {t('shared.take-up')}
          </ActButton>
        )}
        {shared.takenUp && (
          <a className="b" href={`/matters/${shared.takenUp}`}>
            {t('shared.taken-up')}
          </a>
        )}
      </p>
    </section>
  )
}
