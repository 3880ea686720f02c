import type { KeptRule, readRules } from '@tocsin/api/agendas.ts'
import type { Output } from '@tocsin/api/route.ts'
import { mayProposeRule } from '@tocsin/domain/organ-agenda.ts'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { RuleForm } from './RuleForm.tsx'
import { ruleWords, spanOf } from './rule-words.ts'

type Props = Output<typeof readRules> & { readonly search: Search }

/** When the organ is obliged: readable by everybody who works on matters, with every change. */
export function RulesPage({ organ, rules, search }: Props) {
  const { t } = useShell()
  const mayPropose = mayProposeRule(useActor(), organ)
  const address = `/agendas/${organ.id}/rules`
  const isNew = search['rule'] === 'new'
  return (
    <StepUp>
      <Masthead
        path={
          <>
            <a href="/agendas">{t('agenda.organs')}</a>
            {' / '}
            <a href={`/agendas/${organ.id}`}>
              <bdi>{organ.name}</bdi>
            </a>
          </>
        }
        title={t('agenda.open-rules')}
        lede={t('agenda.rules-lede')}
        marking="TLP:GREEN"
        facts={[
          {
            name: t('agenda.rules-in-force'),
            value: rules.filter(({ versions: [last] }) => last?.isInForce).length,
          },
          { name: t('agenda.kept-by'), value: organ.organisationName },
        ]}
      />
      {mayPropose && !isNew && (
        <p className="acts noprint">
          <a className="b" href={addressTo(address, { rule: 'new' })} data-stay>
            {t('agenda.add-rule')}
          </a>
        </p>
      )}
      {mayPropose && isNew && (
        <section className="sec sign noprint" aria-labelledby="act">
          <div className="h">
            <h2 id="act">{t('agenda.add-rule')}</h2>
            <a className="more" href={address} data-stay>
              {t('form.cancel')}
            </a>
          </div>
          <RuleForm organ={organ.id} rule={undefined} />
        </section>
      )}
      {rules.length === 0 && <p className="sec">{t('agenda.rules-none')}</p>}
      <ul className="list agenda">
        {rules.map((rule) => (
          <Rule
            key={rule.rule}
            kept={rule}
            organ={organ.id}
            change={
              mayPropose
                ? {
                    isOpen: search['rule'] === rule.rule,
                    openAt: addressTo(address, { rule: rule.rule }),
                    closeAt: address,
                  }
                : undefined
            }
          />
        ))}
      </ul>
    </StepUp>
  )
}

type RuleProps = {
  readonly kept: KeptRule
  readonly organ: Props['organ']['id']
  readonly change:
    | { readonly isOpen: boolean; readonly openAt: string; readonly closeAt: string }
    | undefined
}

function Rule({ kept, organ, change }: RuleProps) {
  const shell = useShell()
  const { t } = shell
  const { rule, versions } = kept
  const [last, ...earlier] = versions
  if (!last) return null
  return (
    <li id={rule}>
      <div>
        <h2>{ruleWords(shell, last.condition)}</h2>
        <Version version={last} />
        {earlier.length > 0 && (
          <details>
            <summary>{t('agenda.earlier', { n: earlier.length })}</summary>
            {earlier.map((version) => (
              <div key={version.id} className="answer">
                <p>{ruleWords(shell, version.condition)}</p>
                <Version version={version} />
              </div>
            ))}
          </details>
        )}
        {change && !change.isOpen && (
          <p className="acts noprint">
            <a className="b" href={`${change.openAt}#${rule}`} data-stay>
              {t('agenda.change-rule')}
            </a>
          </p>
        )}
        {change?.isOpen && (
          <section className="sign noprint" aria-labelledby="act">
            <div className="h">
              <h3 id="act">{t('agenda.change-rule')}</h3>
              <a className="more" href={change.closeAt} data-stay>
                {t('form.cancel')}
              </a>
            </div>
            <RuleForm organ={organ} rule={{ id: rule, last }} />
          </section>
        )}
      </div>
      <div className="st">
        <span className={last.isInForce ? 'chip ok' : 'chip'}>
          {t(last.isInForce ? 'agenda.rule-on' : 'agenda.rule-off')}
        </span>
        <span className="block mute sm">{t('agenda.version', { n: last.version })}</span>
      </div>
    </li>
  )
}

type KeptVersion = KeptRule['versions'][number]

function Version({ version }: { readonly version: KeptVersion }) {
  const { t } = useShell()
  const isAsking = version.condition.kind === 'consultation'
  return (
    <>
      <p className="sm">
        {t('agenda.answers-within', { span: spanOf(t, version.answerHours) })}{' '}
        {isAsking && t('agenda.asks-reasons')}
      </p>
      <p className="mute sm">
        {useSetBy(version)}
        {!version.isInForce && ` · ${t('agenda.rule-off')}`}
      </p>
      {version.reasons && (
        <p className="said-by" dir="auto">
          {version.reasons}
        </p>
      )}
    </>
  )
}

/** Who set a version, and when. */
function useSetBy({ setAt, setBy, by, proposedBy }: KeptVersion): string {
  const { t, locale } = useShell()
  const at = formatInstant(locale, setAt)
  if (setBy === null) return t('agenda.version-first', { at })
  const name = setApart(by ?? '–')
  if (proposedBy === null || proposedBy === by) return t('agenda.version-alone', { at, by: name })
  return t('agenda.version-by', { at, by: name, proposer: setApart(proposedBy) })
}
