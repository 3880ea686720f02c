import { addDevice, type listOwnContacts, removeDevice } from '@tocsin/api/contacts.ts'
import type { Output } from '@tocsin/api/route.ts'
import { newId } from '@tocsin/domain/id.ts'
import { useState } from 'react'
import { useShell } from '../shell/context.ts'
import { ActButton } from './ActButton.tsx'
import { deviceIn } from './device.ts'
import { subscribe } from './push.ts'
import { Time } from './Time.tsx'

type Props = Pick<Output<typeof listOwnContacts>, 'devices' | 'pushKey'>

/** One's own devices that show that there is a notice. */
export function DevicesPart({ devices, pushKey }: Props) {
  const { t, client } = useShell()
  const [isUnable, setUnable] = useState(false)
  const add = async () => {
    const subscription = await subscribe(pushKey ?? '')
    setUnable(subscription === undefined)
    if (!subscription) return
    const name = deviceIn(navigator.userAgent) || t('account.unknown-device')
    await client(addDevice, { params: { device: newId() }, body: { name, ...subscription } })
  }
  const remove = (device: string) => async () => {
    await client(removeDevice, { params: { device } })
  }
  return (
    <section className="sec" id="devices">
      <div className="h">
        <h2>{t('contacts.devices')}</h2>
        <span className="more">{t('contacts.devices-hint')}</span>
      </div>
      {devices.length === 0 && <p>{t('contacts.no-devices')}</p>}
      <ul className="list">
        {devices.map(({ id, name, madeAt, usedAt }) => (
          <li key={id}>
            <div>
              <b>{name}</b>
              <p className="two sm">
                {t('account.added')} <Time at={madeAt} />
                {usedAt && (
                  <>
                    {' · '}
                    {t('contacts.last-used')} <Time at={usedAt} />
                  </>
                )}
              </p>
            </div>
            <div className="acts">
              <ActButton deed={remove(id)} about={name}>
                {t('form.remove')}
              </ActButton>
            </div>
          </li>
        ))}
      </ul>
      {pushKey === null ? (
        <p className="src">{t('contacts.push-off')}</p>
      ) : (
        <div className="acts">
          <ActButton deed={add}>{t('contacts.add-device')}</ActButton>
          <p role="status">{isUnable && t('contacts.device-unable')}</p>
        </div>
      )}
    </section>
  )
}
