import type { Office, OpenedWarning } from '@tocsin/api/warnings.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useReady } from '../identity/ActForm.tsx'
import { NeedsScript } from '../identity/NeedsScript.tsx'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { AddresseesPart } from './AddresseesPart.tsx'
import { BeforeItLeaves, ChecksPart } from './BeforeItLeaves.tsx'
import { DissentPart, EvidencePart } from './EvidencePart.tsx'
import { FourEyes } from './FourEyes.tsx'
import { LetterPaper } from './LetterPaper.tsx'
import { LevelChoice } from './LevelChoice.tsx'
import { OptionsPart } from './OptionsPart.tsx'
import { SavedNote, SavedWords } from './SavedNote.tsx'
import { ScenariosPart } from './ScenariosPart.tsx'
import { TextPart } from './TextPart.tsx'
import { useDraft } from './use-draft.ts'
import { WarningPath } from './WarningPath.tsx'

type Props = { readonly opened: OpenedWarning; readonly offices: readonly Office[] }

/** A warning while it is written: what it says at the left, who gets it and who signs at the right. */
export function Composer({ opened, offices }: Props) {
  const { t, locale, textOnly } = useShell()
  const ready = useReady()
  const writing = useDraft(opened)
  const { draft, change, standing, fresh } = writing
  const { warning } = fresh
  const part = { draft, change }
  const addressees = draft.addressees.map(({ post, legalBasis }) => {
    const office = offices.find((one) => one.post === post)
    return {
      office: office?.title ?? t('warning.office-unknown'),
      authority: office?.organisationName ?? '',
      legalBasis,
    }
  })
  return (
    <>
      {warning.isExercise && <ExerciseBand />}
      <Masthead
        path={<WarningPath opened={fresh} />}
        title={t('warning.draft-title', { subject: draft.subject || t('warning.no-subject') })}
        lede={t('warning.draft-lede', {
          signed: warning.signatures.length,
          needed: fresh.signaturesNeeded,
        })}
        symbol={symbolOf('W', warning)}
        marking={warning.marking}
        facts={[{ name: t('warning.draft'), value: <SavedWords standing={standing} /> }]}
      />
      {warning.returned && (
        <p className="note returned">
          {t('warning.returned', {
            name: warning.returned.by,
            at: formatInstant(locale, warning.returned.at),
          })}{' '}
          <q>{warning.returned.reasons}</q>
        </p>
      )}
      {textOnly && <NeedsScript />}
      <SavedNote {...writing} />
      <fieldset className="bare" disabled={!ready}>
        <div className="cols compose sec">
          <div>
            <LevelChoice level={draft.level} onChange={(level) => change({ level })} />
            <LetterPaper opened={fresh} draft={draft} addressees={addressees} />
            <TextPart {...part} />
            <ScenariosPart {...part} />
            <OptionsPart {...part} />
            <EvidencePart {...part} reports={fresh.reports} />
            <DissentPart {...part} />
          </div>
          <div className="beside">
            <AddresseesPart {...part} fresh={fresh} offices={offices} />
            <BeforeItLeaves audience={fresh.audience} />
            <ChecksPart draft={draft} faults={fresh.faults} />
            <FourEyes
              fresh={fresh}
              sha256={standing.state === 'saved' ? writing.read : undefined}
              reload={writing.reload}
            />
          </div>
        </div>
      </fieldset>
    </>
  )
}
