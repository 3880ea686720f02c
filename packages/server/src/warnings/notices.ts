import { createHash } from 'node:crypto'
import { system } from '@tocsin/domain/actor.ts'
import { isContentFree } from '@tocsin/domain/audience.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { type Translate, translator } from '@tocsin/i18n/translate.ts'
import type { App } from '../app.ts'
import type { Message } from '../channels/channel.ts'
import type { Claimed, Parcel } from './claims.ts'
import { type Links, noticeName, openLinks } from './links.ts'
import { type Aimed, type NoticeFacts, readNoticeFacts } from './notice-facts.ts'

/** A notice as its reader may have it at this moment; rows that they may not have, and why. */
export type Written = {
  readonly message: Message | undefined
  readonly refused: ReadonlyMap<string, string>
}

const translators = new Map(
  Locale.options.map((locale) => [locale, translator(locale, catalogues[locale])]),
)
const wordsIn = (locale: Locale): Translate => translators.get(locale) as Translate

/**
 * Writes notices as their readers may have them at this moment, each in the reader's language. From
 * TLP:AMBER on they name neither place nor subject. A row is refused when the person has left the
 * office or their organisation must not be told any more.
 */
export async function writeParcels(
  app: App,
  parcels: readonly Parcel[],
): Promise<readonly Written[]> {
  if (parcels.length === 0) return []
  const links = await openLinks(app)
  const factsOf = await app.db.as(system, (tx) =>
    readNoticeFacts(
      tx,
      parcels.flatMap(({ rows }) => rows),
      app.clock(),
    ),
  )
  return parcels.map(({ rows }) => {
    const items: Item[] = []
    const refused = new Map<string, string>()
    for (const row of rows) {
      const item = writeItem(app, row, factsOf, links)
      if ('refused' in item) refused.set(row.id, item.refused)
      else items.push(item)
    }
    return { message: compose(items), refused }
  })
}

/** What one row has to say. */
type Item = {
  readonly row: Claimed
  readonly facts: NoticeFacts
  readonly subject: string
  readonly lines: readonly string[]
  readonly link: string
  /** One line for ways with little room, and the same without words. */
  readonly brief: string
  readonly symbol: string
  readonly receipt: string
  /** Whether it waits for somebody to acknowledge. */
  readonly isWaiting: boolean
}

/** One row that cannot be written must not keep back those beside it. */
function writeItem(
  app: App,
  row: Claimed,
  factsOf: (row: Claimed) => NoticeFacts,
  links: Links,
): Item | { readonly refused: string } {
  try {
    const facts = factsOf(row)
    const refused = refusal(row, facts)
    if (refused) return { refused }
    return { row, facts, receipt: links.toReceipt(row.id), ...wordsOf(row, facts, links) }
  } catch (error) {
    app.log.error({ delivery: row.id, error: String(error) }, 'notice')
    return { refused: 'unexpected' }
  }
}

/** Why the person must not be told any more; undefined while they may. */
function refusal(
  { channel, person }: Claimed,
  { reader, matter, aim, players }: NoticeFacts,
): string | undefined {
  if (reader.ended_at !== null) return 'left-office'
  if (matter.excluded.includes(reader.organisation)) return 'excluded'
  if (reader.address === null && channel !== 'call-sheet') return 'no-address'
  if (players) return players.includes(person) ? undefined : 'not-taking-part'
  return aim && reader.posts.has(aim.post) ? undefined : 'left-office'
}

/** What a notice says: how grave, from whom, by when; what about only where it may. */
function wordsOf(row: Claimed, { reader, matter, warning, aim }: NoticeFacts, links: Links) {
  const t = wordsIn(reader.locale)
  const { sender } = matter
  if (aim?.action) {
    // Neither the action nor its matter is named, whatever the marking: the plan says both.
    const { daysLeft } = aim.action
    const lines =
      daysLeft === null
        ? [t('notice.action-overdue', { sender })]
        : [t('notice.action-due', { sender, n: daysLeft })]
    const subject = t(daysLeft === null ? 'notice.subject-action-overdue' : 'notice.subject-action')
    const link = links.toPlan(row.matter)
    return { subject, lines, link, brief: subject, symbol: 'M', isWaiting: false }
  }
  if (aim?.agenda) return wordsOfAgenda(t, sender, aim.agenda, links)
  if (!row.notification || !warning) {
    const lines = [t('notice.matter', { sender })]
    const link = links.toMatter(row.matter)
    const subject = t('notice.subject-matter')
    return { subject, lines, link, brief: subject, symbol: 'M', isWaiting: false }
  }
  const draft = WarningDraft.parse(warning.draft)
  const number = `${warning.year}/${warning.number}`
  const values = { number, level: draft.level, sender, office: warning.office }
  const symbol = `W-${number} ${draft.level}/5`
  if (aim && aim.post !== warning.post) {
    // Whoever is told of a silence must not be able to answer in that office's place; and its name,
    // which may be that of a place, stays with those who may read the matter.
    const subject = t('notice.subject-told-on', values)
    const lines = [t('notice.told-on', values), t('notice.told-on-do', values)]
    const link = links.toMatter(row.matter)
    return { subject, lines, link, brief: `${subject}.`, symbol, isWaiting: false }
  }
  const link = links.toLetter(row.notification)
  if (warning.state === 'cancelled') {
    const subject = t('notice.subject-cancelled', values)
    const lines = [t('notice.cancelled', values)]
    return { subject, lines, link, brief: `${subject}.`, symbol, isWaiting: false }
  }
  const about = isContentFree(matter.marking) ? t('notice.content-free') : draft.subject
  const lines = [t('notice.opening', values), about, wantedOf(t, warning)]
  const brief = t('channel.brief', values)
  return { subject: t('notice.subject', values), lines, link, brief, symbol, isWaiting: true }
}

/** Neither the matter nor what is known of it is named: the agenda says which, to those who may read it. */
function wordsOfAgenda(
  t: Translate,
  sender: string,
  { organ, isOver }: NonNullable<Aimed['agenda']>,
  links: Links,
) {
  const subject = t(isOver ? 'notice.subject-agenda-over' : 'notice.subject-agenda')
  const lines = [t(isOver ? 'notice.agenda-over' : 'notice.agenda', { sender })]
  const link = links.toAgenda(organ)
  return { subject, lines, link, brief: subject, symbol: 'M', isWaiting: false }
}

/** What the office is asked for at this moment: receipt, then a decision, then word of what was done. */
function wantedOf(t: Translate, warning: NonNullable<NoticeFacts['warning']>): string {
  const { acknowledge_by, acknowledged_at, answer_by, answered_at } = warning
  if (acknowledged_at === null) {
    return t('notice.acknowledge-by', { at: utcWords(acknowledge_by) })
  }
  if (answered_at !== null) return t('notice.say-what-was-done')
  return answer_by ? t('notice.decide-by', { at: utcWords(answer_by) }) : t('notice.decide')
}

/** Isolated, so that a line from right to left keeps the order of year, month and day. */
const utcWords = (at: string): string => `\u2066${at.slice(0, 10)} ${at.slice(11, 16)} UTC\u2069`

/** One message of all items, which have one reader; undefined where nothing is left to say. */
function compose(items: readonly Item[]): Message | undefined {
  const [first] = items
  if (!first) return undefined
  const { locale, address } = first.facts.reader
  const t = wordsIn(locale)
  const isGroup = items.length > 1
  const isExercise = first.facts.matter.is_exercise
  const mayRepeat = items.some(({ row }) => row.may_repeat)
  const waiting = items.filter(({ isWaiting }) => isWaiting).length
  const group = waiting === items.length ? 'notice.subject-warnings' : 'notice.subject-notices'
  const subject = isGroup ? t(group, { n: items.length }) : first.subject
  const brief = isGroup ? `${subject}.` : first.brief
  const symbols = items.map(({ symbol }) => symbol).join(', ')
  const paragraphs = [
    ...(isExercise ? [t('notice.exercise-line')] : []),
    ...(isGroup ? [t('notice.together')] : []),
    ...items.flatMap(({ lines, link }) =>
      isGroup ? [[...lines, link].join('\n')] : [...lines, link],
    ),
    ...(waiting > 0 ? [t('notice.not-agreement')] : []),
    ...(mayRepeat ? [t('notice.repeat')] : []),
  ]
  return {
    id: nameOf(items),
    to: address ?? '',
    subject: isExercise ? `${t('notice.exercise')} ${subject}` : subject,
    text: paragraphs.join('\n\n'),
    brief: isExercise ? `${t('notice.exercise')} ${brief}` : brief,
    // Said in English on every exercise anywhere, so that no symbol is taken for a real one.
    symbol: isExercise ? `EXERCISE ${symbols}` : symbols,
    link: first.link,
    // What a gateway says of one message that carries several is not what became of each.
    ...(!isGroup && { receipt: first.receipt }),
    locale,
    again: mayRepeat,
  }
}

/** The same on every attempt, so that whoever gets it twice can see so. */
function nameOf(items: readonly Item[]): string {
  const names = items.map(({ row }) =>
    noticeName(row.notification ?? row.matter, row.person, row.step),
  )
  const [first = ''] = names
  if (names.length === 1) return first
  return createHash('sha256').update(names.sort().join(' ')).digest('hex')
}
