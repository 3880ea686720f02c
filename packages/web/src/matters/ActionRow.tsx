import { addressOf } from '@tocsin/api/client.ts'
import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { getDueDiligence } from '@tocsin/api/documents.ts'
import { mayReadOwn } from '@tocsin/domain/docket-access.ts'
import { useReady } from '../identity/ActForm.tsx'
import { useActor } from '../identity/self.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { type MatterAct, matterActs, nextActOf } from './next-act.ts'

type Props = {
  readonly opened: OpenedMatter
  readonly search: Search
  readonly mayWork: boolean
  /** Whether the page says further down where the matter can be brought. */
  readonly hasDoors: boolean
}

/** What can be done here: the one act that the matter waits for is drawn solid. */
export function ActionRow({ opened, search, mayWork, hasDoors }: Props) {
  const { t, locale } = useShell()
  const actor = useActor()
  const params = { matter: opened.matter.id }
  const ready = useReady()
  const next = mayWork ? nextActOf(opened) : undefined
  const draft = opened.warnings.find(({ state }) => state === 'draft')
  return (
    <div className="acts noprint">
      {next === 'sign' && draft && (
        <a className="b p" href={`/warnings/${draft.id}`}>
          {t('matter-act.sign')}
        </a>
      )}
      {mayWork &&
        matterActs
          .filter((act) => isOffered(act, opened))
          .map((act) => (
            <a
              key={act}
              className={act === next ? 'b p' : 'b'}
              aria-current={search['act'] === act || undefined}
              {...linkTo(act, opened, search)}
            >
              {t(`matter-act.${act}`)}
            </a>
          ))}
      {mayWork && (
        <a className="b q" href={`/matters/${opened.matter.id}/sharing`}>
          {t('sharing.share-title')}
        </a>
      )}
      {mayReadOwn(actor, opened.matter) && (
        <a className="b q" href={`/matters/${opened.matter.id}/liaison`}>
          {t('liaison.note-title')}
        </a>
      )}
      {hasDoors && (
        <a className="b q" href="#doors">
          {t('doors.title')}
        </a>
      )}
      <button type="button" className="b q" disabled={!ready} onClick={() => window.print()}>
        {t('matter-act.print')}
      </button>
      {mayReadOwn(actor, opened.matter) && (
        <a
          className="b q"
          href={addressOf(getDueDiligence, { params, query: { format: 'zip', locale } })}
          download
        >
          {t('matter-act.due-diligence')}
        </a>
      )}
    </div>
  )
}

function linkTo(act: MatterAct, { matter }: OpenedMatter, search: Search) {
  if (act === 'action') return { href: `/matters/${matter.id}/plan` }
  if (act === 'effect') return { href: `/matters/${matter.id}/plan#board` }
  if (act === 'warn') return { href: `/matters/${matter.id}/warnings/new` }
  return { href: addressTo(`/matters/${matter.id}`, { ...search, act }), 'data-stay': true }
}

function isOffered(act: MatterAct, { matter, warnings }: OpenedMatter): boolean {
  if (act === 'after-action') return warnings.some(({ sentAt }) => sentAt !== null)
  return matter.closedAt === null
}
