import type { PlannedClock } from '@tocsin/api/opened-warning.ts'
import type { Office, OpenedWarning } from '@tocsin/api/warnings.ts'
import { PostId } from '@tocsin/domain/people.ts'
import { type Addressee, TWO_SIGNATURES_FROM, type WarningDraft } from '@tocsin/domain/warning.ts'
import { formatSpan } from '../docket/span.ts'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import type { Change } from './use-draft.ts'

type Props = {
  readonly draft: WarningDraft
  readonly change: Change
  readonly fresh: OpenedWarning
  readonly offices: readonly Office[]
}

/** Who is informed, by which law, who holds the office now, and what the clocks will say to them. */
export function AddresseesPart({ draft, change, fresh, offices }: Props) {
  const { t } = useShell()
  const { addressees } = draft
  const isAccused = ({ organisation }: Office) => fresh.excluded.includes(organisation)
  /** The authority that ought to act is the one accused: what stands outside it comes first. */
  const mustBypass = offices.some((office) => !office.isOutside && isAccused(office))
  const set = (post: PostId, patch: Partial<Addressee>) =>
    change({
      addressees: addressees.map((one) => (one.post === post ? { ...one, ...patch } : one)),
    })
  const add = (office: Office) => {
    const { post, isOutside: isIndependent } = office
    change({ addressees: [...addressees, { post, legalBasis: '', isIndependent }] })
  }
  return (
    <section>
      <div className="h">
        <h2>{t('warning.addressees')}</h2>
        <span className="more">{t('warning.addressees-chosen', { n: addressees.length })}</span>
      </div>
      {mustBypass && <p className="note">{t('warning.bypass')}</p>}
      {draft.level >= TWO_SIGNATURES_FROM && (
        <p className="two sm">{t('warning.needs-independent')}</p>
      )}
      <ul className="to">
        {addressees.map((addressee) => (
          <li key={addressee.post}>
            <Addressed
              addressee={addressee}
              office={offices.find(({ post }) => post === addressee.post)}
              fresh={fresh}
              lang={draft.locale}
              set={(patch) => set(addressee.post, patch)}
              remove={() =>
                change({ addressees: addressees.filter(({ post }) => post !== addressee.post) })
              }
            />
          </li>
        ))}
      </ul>
      <AddOffice
        offices={offices.filter(({ post }) => !addressees.some((one) => one.post === post))}
        isAccused={isAccused}
        mustBypass={mustBypass}
        add={add}
      />
      <Clocks fresh={fresh} />
    </section>
  )
}

function Addressed(props: {
  readonly addressee: Addressee
  readonly office: Office | undefined
  readonly fresh: OpenedWarning
  readonly lang: string
  readonly set: (patch: Partial<Addressee>) => void
  readonly remove: () => void
}) {
  const { t } = useShell()
  const { addressee, office, fresh, lang, set, remove } = props
  const told = fresh.audience.recipients.find(({ post }) => post === addressee.post)
  const isExcluded = office !== undefined && fresh.excluded.includes(office.organisation)
  const name = office?.title ?? t('warning.office-unknown')
  return (
    <>
      <div className="row">
        <h3>
          <bdi>{name}</bdi>
          {office && <span className="two sm block">{office.organisationName}</span>}
        </h3>
        <button type="button" className="b q" onClick={remove}>
          {t('form.remove')}
          <span className="vh">{name}</span>
        </button>
      </div>
      {told && <p className="two sm">{t('warning.held-by', { name: told.name })}</p>}
      {isExcluded && <p className="late sm">{t('warning.office-excluded')}</p>}
      {office && !office.isHeld && <p className="late sm">{t('warning.office-not-held')}</p>}
      <Field
        name="legalBasis"
        label={t('warning.legal-basis')}
        value={addressee.legalBasis}
        maxLength={200}
        dir="auto"
        lang={lang}
        onChange={(event) => set({ legalBasis: event.target.value })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={addressee.isIndependent}
          onChange={(event) => set({ isIndependent: event.target.checked })}
        />
        {t('warning.independent')}
        <span className="vh">{name}</span>
      </label>
    </>
  )
}

function AddOffice(props: {
  readonly offices: readonly Office[]
  readonly isAccused: (office: Office) => boolean
  readonly mustBypass: boolean
  readonly add: (office: Office) => void
}) {
  const { t } = useShell()
  const { offices, isAccused, mustBypass, add } = props
  const outside = offices.filter(({ isOutside }) => isOutside)
  const inside = offices.filter(({ isOutside }) => !isOutside)
  const groups = [
    { name: t('warning.offices-outside'), of: outside },
    { name: t('warning.offices-inside'), of: inside },
  ]
  const reasonOf = (office: Office) => {
    if (isAccused(office)) return t('warning.office-excluded')
    return office.isHeld ? undefined : t('warning.office-not-held')
  }
  const choose = (value: string) => {
    const post = PostId.safeParse(value).data
    const office = offices.find((one) => one.post === post)
    if (office) add(office)
  }
  return (
    <Choice
      name="office"
      label={t('warning.add-office')}
      hint={offices.length === 0 ? t('warning.offices-none') : undefined}
      value=""
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{t('warning.choose-office')}</option>
      {(mustBypass ? groups : [...groups].reverse()).map(({ name, of }) => (
        <optgroup key={name} label={name}>
          {of.map((office) => {
            const reason = reasonOf(office)
            const said = `${office.title}, ${office.organisationName}`
            return (
              <option key={office.post} value={office.post} disabled={reason !== undefined}>
                {reason ? `${said}. ${reason}` : said}
              </option>
            )
          })}
        </optgroup>
      ))}
    </Choice>
  )
}

/** What will be waited for and who is told when nobody answers, if it is sent now. */
function Clocks({ fresh }: { readonly fresh: OpenedWarning }) {
  const { t, locale } = useShell()
  const { asOf, plannedClocks } = fresh
  const spanTo = (at: string) => formatSpan(t, Date.parse(at) - Date.parse(asOf))
  const stepsOf = ({ steps }: PlannedClock) =>
    steps
      .map(({ tell, dueAt }) => t('warning.step', { who: t(`rung.${tell}`), span: spanTo(dueAt) }))
      .join('; ')
  return (
    <>
      <h3 className="sub">{t('warning.clocks')}</h3>
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">{t('warning.clock')}</th>
            <th scope="col">{t('warning.clock-by')}</th>
          </tr>
        </thead>
        <tbody>
          {plannedClocks.map((clock) => (
            <tr key={clock.kind}>
              <td>
                {t(`clock.${clock.kind}`)}
                {clock.steps.length > 0 && <span className="mute sm block">{stepsOf(clock)}</span>}
              </td>
              <td>
                <b>{spanTo(clock.dueAt)}</b>
                <span className="mute sm block">{formatInstant(locale, clock.dueAt)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
