import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { useActor } from '../identity/self.ts'
import { addressTo } from './address.ts'
import { useShell } from './context.ts'
import { Masthead } from './Masthead.tsx'

const parts = ['estimate', 'interval', 'drivers', 'change', 'unknown', 'level'] as const

/** Keys and the words for what they do. `g` comes first, then the letter of the section. */
const keyNames = [
  ['g w', 'help.key-world'],
  ['g s', 'help.key-scores'],
  ['g f', 'help.key-data'],
  ['g h', 'help.key-help'],
  ['j', 'help.key-next'],
  ['k', 'help.key-previous'],
  ['t', 'help.key-table'],
  ['Enter', 'help.key-open'],
  ['?', 'help.key-keys'],
] as const

/** What only those can do who work on matters. */
const deskKeyNames = [
  ['g d', 'help.key-docket'],
  ['g m', 'help.key-matters'],
  ['g r', 'help.key-reports'],
  ['.', 'help.key-primary'],
] as const

/** How to read the figures, in the reader's language. */
export function HelpPage() {
  const { t, keys } = useShell()
  const listed = mayUseDocket(useActor()) ? [...deskKeyNames, ...keyNames] : keyNames
  return (
    <>
      <Masthead path={t('app.help')} title={t('help.title')} facts={[]} />
      {parts.map((part) => (
        <section key={part} id={part} className="sec read">
          <h2>{t(`help.${part}`)}</h2>
          <p>{t(`help.${part}-text`)}</p>
        </section>
      ))}
      <section id="keys" className="sec read">
        <h2>{t('help.keys')}</h2>
        <dl className="keylist">
          {listed.map(([key, does]) => (
            <div key={key}>
              <dt>
                {key.split(' ').map((one) => (
                  <kbd key={one}>{one}</kbd>
                ))}
              </dt>
              <dd>{t(does)}</dd>
            </div>
          ))}
        </dl>
        <p className="md">
          {t(keys ? 'help.keys-on' : 'help.keys-off')}{' '}
          <a href={addressTo('/help', { keys: keys ? '0' : '1' })}>
            {t(keys ? 'help.switch-keys-off' : 'help.switch-keys-on')}
          </a>
        </p>
      </section>
      <p className="sec">
        <a href="/openapi.json">{t('help.api')}</a>
      </p>
    </>
  )
}
