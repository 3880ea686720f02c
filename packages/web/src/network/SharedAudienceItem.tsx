import { addressOf } from '@tocsin/api/client.ts'
import { callBackAudience, narrowAudience, type SharedAudience } from '@tocsin/api/sharing.ts'
import { getLogProof } from '@tocsin/api/transparency.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { formatLeft } from '../docket/span.ts'
import { ActButton } from '../identity/ActButton.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'
import { MarkingWords } from '../shell/Masthead.tsx'
import { SharingSentence } from './SharingSentence.tsx'
import { useNow } from './use-now.ts'

type Props = {
  readonly audience: SharedAudience
  readonly asOf: Instant
  readonly nameOf: (id: string) => string
}

/** One audience: who reads by it, on which terms, what waits, who has read, and how it is narrowed. */
export function SharedAudienceItem({ audience, asOf, nameOf }: Props) {
  const { t, locale } = useShell()
  const { purpose, sentence, redacted, termsNow: terms, waitsUntil, asksWhoRead } = audience
  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names)
  const said = [
    t(`shared.reshare-${terms.reshare}`),
    terms.expiresAt && t('sharing.share-ends', { at: formatInstant(locale, terms.expiresAt) }),
    terms.isRosterClosed && t('sharing.share-roster-closed'),
    terms.isAuthorWithheld && t('sharing.share-author-withheld'),
    terms.delegates.length > 0 &&
      t('sharing.share-delegates', { names: list(terms.delegates.map(nameOf).map(setApart)) }),
    redacted.length > 0 &&
      t('sharing.share-left-out', {
        parts: list(redacted.map((part) => t(`sharing.redacted-${part}`))),
      }),
  ].filter((line) => typeof line === 'string')
  return (
    <li className="audience">
      <h3>
        {t(`sharing.share-audience-${purpose}`)} <MarkingWords marking={audience.ceiling} />
      </h3>
      <SharingSentence sentence={sentence} />
      {said.map((line) => (
        <p key={line} className="src">
          {line}
        </p>
      ))}
      {audience.lastTold && <Proof told={audience.lastTold} />}
      {waitsUntil && <Waiting id={audience.id} until={waitsUntil} asOf={asOf} />}
      {asksWhoRead && <Readings readBy={audience.readBy} />}
      {sentence.readers.length > 0 && <Narrowing {...audience} />}
    </li>
  )
}

/** What was told last can be proved to whoever trusts neither side: the log holds it. */
function Proof({ told }: { readonly told: NonNullable<SharedAudience['lastTold']> }) {
  const { t, locale } = useShell()
  const { organisation, digest, at } = told
  return (
    <p className="src">
      {t('sharing.share-told', { at: formatInstant(locale, at) })}{' '}
      <a
        href={addressOf(getLogProof, { params: { organisation, digest } })}
        download="tocsin.tlog-proof"
      >
        {t('network.save-proof')}
      </a>
    </p>
  )
}

type WaitingProps = {
  readonly id: SharedAudience['id']
  readonly until: Instant
  readonly asOf: Instant
}

function Waiting({ id, until, asOf }: WaitingProps) {
  const { t, locale, client } = useShell()
  const now = useNow(asOf)
  const at = formatInstant(locale, until)
  return (
    <div className="note">
      <p>{t('sharing.share-waits', { at, left: formatLeft(t, now, until) })}</p>
      <p className="acts">
        <ActButton
          deed={async () => {
            await client(callBackAudience, { params: { audience: id } })
          }}
        >
          {t('sharing.share-call-back')}
        </ActButton>
      </p>
    </div>
  )
}

function Readings({ readBy }: Pick<SharedAudience, 'readBy'>) {
  const { t, locale } = useShell()
  return (
    <>
      <p className="src">
        {t('sharing.share-read-asked')} {readBy.length === 0 && t('sharing.share-read-none')}
      </p>
      <ul className="ref">
        {readBy.map(({ organisation, name, at }) => (
          <li key={organisation}>
            {t('sharing.share-read-by', { name: setApart(name), at: formatInstant(locale, at) })}
          </li>
        ))}
      </ul>
    </>
  )
}

function Narrowing({ id, sentence }: Pick<SharedAudience, 'id' | 'sentence'>) {
  const { t } = useShell()
  return (
    <details className="sure">
      <summary>{t('sharing.share-take-out')}</summary>
      <p>{t('sharing.share-take-out-means')}</p>
      <TakeOut audience={id} members={sentence.readers} />
    </details>
  )
}

type TakeOutProps = {
  readonly audience: SharedAudience['id']
  readonly members: readonly Pick<
    SharedAudience['sentence']['readers'][number],
    'organisation' | 'name'
  >[]
}

/** A button for each member of an audience or group: one person narrows, and it holds at once. */
export function TakeOut({ audience, members }: TakeOutProps) {
  const { t, client } = useShell()
  return (
    <ul className="outs">
      {members.map(({ organisation, name }) => (
        <li key={organisation}>
          <bdi>{name}</bdi>
          <ActButton
            about={` ${name}`}
            deed={async () => {
              const body = { without: [organisation] }
              await client(narrowAudience, { params: { audience }, body })
            }}
          >
            {t('sharing.share-out')}
          </ActButton>
        </li>
      ))}
    </ul>
  )
}
