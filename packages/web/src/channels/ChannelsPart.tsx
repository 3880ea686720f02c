import {
  type ChannelControl,
  type ChannelStanding,
  getNodeKeys,
  setChannel,
} from '@tocsin/api/channels.ts'
import { ActButton, SureButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { useSelf } from '../identity/self.ts'
import { TestButton } from '../people/ContactList.tsx'
import { useShell } from '../shell/context.ts'

type Props = { readonly channels: readonly ChannelStanding[] }

/** The ways by which notices leave: which are set up, stopped or capped; each can be tried. */
export function ChannelsPart({ channels }: Props) {
  const { t } = useShell()
  return (
    <section className="sec" id="ways">
      <div className="h">
        <h2>{t('ways.title')}</h2>
        <span className="more">{t('ways.hint')}</span>
      </div>
      <ul className="list">
        {channels.map((standing) => (
          <ChannelItem key={standing.channel} standing={standing} />
        ))}
      </ul>
      <p className="src">
        {t('ways.keys')} <a href={getNodeKeys.path}>{getNodeKeys.path}</a>
      </p>
    </section>
  )
}

function ChannelItem({ standing }: { readonly standing: ChannelStanding }) {
  const { t, client } = useShell()
  const self = useSelf()
  const { channel, isSetUp, isStopped, perMinute } = standing
  const name = t(`channel.name-${channel}`)
  const set = async (body: Partial<ChannelControl>) => {
    await client(setChannel, { params: { channel }, body })
  }
  const cap = async (fields: FormData) => {
    const typed = textOf(fields, 'perMinute')
    await set({ perMinute: typed === '' ? null : Number(typed) })
  }
  return (
    <li>
      <div>
        <h3>
          {name}{' '}
          <span className={isSetUp ? 'chip ok' : 'chip'}>
            {t(isSetUp ? 'ways.ready' : 'ways.absent')}
          </span>{' '}
          {isStopped && <span className="chip late">{t('ways.stopped')}</span>}
        </h3>
        {isSetUp && channel !== 'call-sheet' && (
          <ActForm key={String(perMinute)} submit={t('ways.keep-cap')} deed={cap}>
            <Field
              name="perMinute"
              label={t('ways.cap')}
              hint={t('ways.cap-hint')}
              type="number"
              min={1}
              max={100_000}
              defaultValue={perMinute ?? ''}
            />
          </ActForm>
        )}
      </div>
      {isSetUp && (
        <div className="side">
          {self && channel !== 'call-sheet' && (
            <TestButton person={self.person} channel={channel} about={name}>
              {t('ways.try')}
            </TestButton>
          )}
          {isStopped ? (
            <ActButton deed={() => set({ isStopped: false })} about={name}>
              {t('ways.go-on')}
            </ActButton>
          ) : (
            <SureButton
              act={t('ways.stop')}
              warning={t('ways.stop-warning')}
              about={name}
              deed={() => set({ isStopped: true })}
            >
              {t('ways.stop')}
            </SureButton>
          )}
        </div>
      )}
    </li>
  )
}
