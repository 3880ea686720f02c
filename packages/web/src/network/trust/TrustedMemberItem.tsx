import { expelMember, type TrustedMember, typeWords } from '@tocsin/api/network-trust.ts'
import { ActForm, textOf } from '../../identity/ActForm.tsx'
import { Field } from '../../identity/Field.tsx'
import { Time } from '../../identity/Time.tsx'
import { useShell } from '../../shell/context.ts'
import { Words } from './Words.tsx'

type Props = TrustedMember & { readonly mayManage: boolean }

const chips = { proposed: 'chip', pinned: 'chip ok', expelled: 'chip late' } as const

/** An organisation this node knows: how far it is trusted, and what an officer can do about it. */
export function TrustedMemberItem(member: Props) {
  const { name, address, state, words, freshness, typed, mayManage } = member
  const { t } = useShell()
  return (
    <li>
      <div>
        <h3>
          {name} <span className={chips[state]}>{t(`trust.state-${state}`)}</span>{' '}
          {state === 'pinned' && freshness && (
            <span className={freshness === 'fresh' ? 'chip ok' : 'chip late'}>
              {t(`trust.freshness-${freshness}`)}
            </span>
          )}
        </h3>
        <p className="two sm">
          <code dir="ltr">{address}</code>
        </p>
        {words && <Words words={words} />}
        {state === 'pinned' && <Look {...member} />}
        {state === 'proposed' && <p>{t('trust.typed', { officers: typed.officers })}</p>}
        {state === 'proposed' && typed.byYou && <p className="note">{t('trust.typed-by-you')}</p>}
        {state === 'proposed' && mayManage && !typed.byYou && <TypeForm {...member} />}
        {state !== 'expelled' && mayManage && <ExpelForm {...member} />}
      </div>
    </li>
  )
}

function Look({ checkedAt, fault }: Props) {
  const { t } = useShell()
  if (checkedAt === null) return <p className="two sm">{t('trust.never-checked')}</p>
  return (
    <>
      <p className="two sm">
        {t('trust.checked')} <Time at={checkedAt} />
      </p>
      {fault && <p className="note">{t('trust.fault', { fault })}</p>}
    </>
  )
}

function TypeForm({ organisation }: Props) {
  const { t, client } = useShell()
  const type = async (fields: FormData) => {
    const body = { words: textOf(fields, 'words') }
    await client(typeWords, { params: { organisation }, body })
  }
  return (
    <ActForm submit={t('trust.confirm')} deed={type}>
      <Field
        name="words"
        label={t('trust.type')}
        hint={t('trust.type-hint')}
        dir="ltr"
        lang="en"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={400}
        required
      />
    </ActForm>
  )
}

function ExpelForm({ organisation, name }: Props) {
  const { t, client } = useShell()
  const expel = async (fields: FormData) => {
    const body = { reasons: textOf(fields, 'reasons') }
    await client(expelMember, { params: { organisation }, body })
  }
  return (
    <details className="sure">
      <summary>
        {t('trust.expel')} <span className="vh">{name}</span>
      </summary>
      <p>{t('trust.expel-warning')}</p>
      <ActForm submit={t('trust.expel-act')} deed={expel}>
        <Field name="reasons" label={t('trust.reasons')} maxLength={200} required />
      </ActForm>
    </details>
  )
}
