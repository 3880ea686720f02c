import { listAudit } from '@tocsin/api/audit.ts'
import * as docket from '@tocsin/api/docket.ts'
import { getCallSheet, getLetter } from '@tocsin/api/documents.ts'
import * as people from '@tocsin/api/people.ts'
import * as warnings from '@tocsin/api/warnings.ts'
import type { Locale } from '@tocsin/domain/locale.ts'
import type { NotificationId } from '@tocsin/domain/notification.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { textOf, withoutPoppler } from '../../documents/test/programs.ts'
import {
  addAuthority,
  draft,
  draftFor,
  keeping,
  openMatter,
  sign,
  tokenIn,
  until,
} from './test-docket.ts'
import { startTestNode, type TestNode } from './test-node.ts'
import type { TestPerson } from './test-people.ts'

type Query = { notification?: NotificationId; locale?: Locale }

const letter = async ({ call }: TestPerson, warning: WarningId, query: Query = {}) =>
  textOf(
    await call(getLetter, {
      params: { warning },
      query: { format: 'pdf', locale: 'en', ...query },
    }),
  )

const callSheet = async ({ call }: TestPerson, warning: WarningId) =>
  textOf(await call(getCallSheet, { params: { warning }, query: { format: 'pdf', locale: 'en' } }))

/** A warning that was sent to the police; the neighbours may read the matter. */
async function sentWarning() {
  const { messages, channel } = keeping()
  const node = await startTestNode({ channels: { 'e-mail': channel } })
  const focal = await node.as('focal-point')
  const police = await addAuthority(node, 'Police')
  const administrator = await node.as('administrator')
  const contacts = [
    { channel: 'e-mail' as const, address: 'police.head@authority.example' },
    { channel: 'sms' as const, address: '+99955501' },
  ]
  await administrator.call(people.setContacts, {
    params: { person: police.person },
    body: { contacts },
  })
  const matter = await openMatter(focal)
  const written = await draft(focal, matter, draftFor([police]))
  await sign(focal, written)
  await until(() => messages.length === 1)
  const { notifications } = await focal.call(docket.getMatter, { params: { matter } })
  const notification = notifications[0]?.id as NotificationId
  return {
    node,
    focal,
    matter,
    police,
    warning: written.warning,
    notification,
    token: tokenIn(messages[0]),
  }
}

const shareWith = async ({ databaseUrl }: TestNode, matter: string, organisation: string) => {
  const owner = new pg.Client(databaseUrl)
  await owner.connect()
  await owner.query('update matter set audience = array[$2::uuid] where id = $1', [
    matter,
    organisation,
  ])
  await owner.end()
}

/** The six digits in a document, which stand alone on their line. */
const codeIn = (text: string): string => /^\d{6}$/m.exec(text)?.[0] ?? ''

describe.skipIf(withoutPoppler)('the letter of a warning', () => {
  test('written to one authority holds what opens it, and the audit log says that it was given out', async () => {
    const { node, focal, warning, notification, token } = await sentWarning()
    const text = await letter(focal, warning, { notification })
    expect(text.replace(/\s/g, '')).toContain(`/a/${token}`)
    const code = codeIn(text)
    const opened = await node.visitor(warnings.unsealLetter, { params: { token }, body: { code } })
    expect(opened.content?.subject).toBe('Houses marked in the Lower Corve valley')
    for (const said of ['Head of Police', 'Police Act, section 14', 'A criminal motive', 'S02']) {
      expect(text).toContain(said)
    }
    const auditor = await node.as('auditor')
    const { entries } = await auditor.call(listAudit, {
      query: listAudit.query.parse({ act: 'documents' }),
    })
    expect(entries.map(({ act, details }) => [act, details])).toEqual([
      ['documents.letter-code', { notification }],
    ])
  })

  test('holds no code without an addressee, for other organisations, or once it was withdrawn', async () => {
    const { node, focal, matter, warning, notification, token } = await sentWarning()
    const neighbour = await node.as('reader', 'elsewhere')
    await expect(letter(neighbour, warning)).rejects.toMatchObject({ code: 'warning.not-found' })
    await shareWith(node, matter, neighbour.organisation)
    const seen = [
      await letter(focal, warning),
      await letter(neighbour, warning),
      await letter(neighbour, warning, { notification }),
    ]
    for (const text of seen) {
      expect(text).toContain('Houses marked in the Lower Corve valley')
      expect(codeIn(text)).toBe('')
      expect(text.replace(/\s/g, '')).not.toContain(token)
    }
    const reasons = 'The marks were chalked by children.'
    await focal.call(warnings.cancelWarning, { params: { warning }, body: { reasons } })
    const withdrawn = await letter(focal, warning, { notification })
    expect(withdrawn).toContain('This warning stands no longer')
    expect(codeIn(withdrawn)).toBe('')
  })

  test('says that a draft is one, and names the offices it is meant for', async () => {
    const node = await startTestNode()
    const focal = await node.as('focal-point')
    const police = await addAuthority(node, 'Police')
    const { warning } = await draft(focal, await openMatter(focal), draftFor([police]))
    const text = await letter(focal, warning, { locale: 'fr' })
    for (const said of ['PROJET', 'Head of Police', 'Original : anglais', 'Non signé.']) {
      expect(text).toContain(said)
    }
    await expect(callSheet(focal, warning)).rejects.toMatchObject({ code: 'warning.not-sent' })
  })
})

describe.skipIf(withoutPoppler)('the call sheet', () => {
  test('names whom to call, their number and code, and nothing of what it is about', async () => {
    const { node, focal, warning, token } = await sentWarning()
    const text = await callSheet(focal, warning)
    for (const said of ['Police head', '+99955501', 'Ministry of Rivers', 'will verify first']) {
      expect(text).toContain(said)
    }
    for (const word of ['Houses', 'Corve', 'Sarrin', 'marked']) expect(text).not.toContain(word)
    const code = codeIn(text)
    await node.visitor(warnings.unsealLetter, { params: { token }, body: { code } })
  })

  test('is for those who work on the matter alone', async () => {
    const { node, matter, warning } = await sentWarning()
    const reader = await node.as('reader')
    await expect(callSheet(reader, warning)).rejects.toMatchObject({ code: 'permission.denied' })
    const neighbour = await node.as('focal-point', 'elsewhere')
    await shareWith(node, matter, neighbour.organisation)
    await expect(callSheet(neighbour, warning)).rejects.toMatchObject({ code: 'permission.denied' })
  })
})
