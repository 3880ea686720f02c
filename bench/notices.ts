import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '@tocsin/domain/clock.ts'
import { openEMail } from '@tocsin/server/channels/e-mail.ts'
import { migrate } from '@tocsin/server/database/migrate.ts'
import { runNode } from '@tocsin/server/node.ts'
import { startEmbedded } from '@tocsin/server/postgres/embedded.ts'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { againstLimit } from './report/against-limit.ts'

const OFFICES = 100
const HOLDERS = 100
const LIMIT_SECONDS = 60
const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }

/** How long a whole node takes to hand 10,000 waiting notices to a mail server beside it. */
export async function run(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const database = await startEmbedded(home)
  const mail = await startMailServer()
  const channel = openEMail({ url: mail.url, from: 'tocsin@node.example' })
  await migrate(database.url)
  const node = await runNode({
    home,
    host: '127.0.0.1',
    port: 0,
    origin: undefined,
    databaseUrl: database.url,
    clock: systemClock,
    channels: { 'e-mail': channel },
    fetch,
    log: quiet,
  })
  try {
    await fill(database.url)
    const begun = performance.now()
    const wanted = Math.ceil(OFFICES * HOLDERS * 0.999)
    while (mail.received.size < wanted && performance.now() - begun < 4 * LIMIT_SECONDS * 1000) {
      await pause(50)
    }
    const seconds = (performance.now() - begun) / 1000
    console.log(`${mail.received.size} different notices handed over, ${mail.times.length} in all`)
    const after = mail.times.map((at) => (at - begun) / 1000).sort((a, b) => a - b)
    const share = (part: number) => after[Math.ceil(after.length * part) - 1]?.toFixed(1)
    console.log(`half of them within ${share(0.5)} s, 95 % within ${share(0.95)} s`)
    againstLimit('99.9 % of 10,000 notices', seconds, LIMIT_SECONDS, 's')
  } finally {
    await node.stop()
    await channel.close()
    await mail.stop()
    await database.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** A mail server that takes everything and counts it by its Message-ID. */
async function startMailServer() {
  const received = new Set<string>()
  const times: number[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (part: Buffer) => {
        text += part
      })
      stream.on('end', () => {
        times.push(performance.now())
        received.add(/^Message-ID: (.*)$/im.exec(text)?.[1] ?? '')
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    times,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** One warning to many offices with many holders each, all of whom are to be told at once. */
async function fill(url: string): Promise<void> {
  const owner = new pg.Client(url)
  await owner.connect()
  const draft = {
    level: 3,
    confidence: 'moderate',
    locale: 'en',
    subject: 'Houses marked',
    paragraphs: ['Chalk marks on doors.'],
    populations: ['Sarrin'],
    windowFrom: 2,
    windowUntil: 10,
    scenarios: [],
    options: [],
    dissents: [],
    catalogue: '2026.1',
    addressees: [],
    evidence: [],
    expiresAt: '2099-01-01T00:00:00.000Z',
  }
  await owner.query(
    `do $do$
    declare org uuid := gen_random_uuid(); m uuid := gen_random_uuid(); w uuid := gen_random_uuid();
    begin
      insert into organisation (id, name, kind, made_at) values (org, 'Police', 'focal-point', now());
      insert into person (id, organisation, name, locale, made_at)
        select gen_random_uuid(), org, 'P' || n, 'fr', now() from generate_series(1, ${OFFICES * HOLDERS}) n;
      insert into contact (id, person, organisation, channel, address, made_at)
        select gen_random_uuid(), id, org, 'e-mail', lower(name) || '@authority.example', now() from person;
      insert into post (id, organisation, title, made_at)
        select gen_random_uuid(), org, 'Office ' || n, now() from generate_series(0, ${OFFICES - 1}) n;
      insert into holding (id, post, organisation, person, capacity, from_day)
        select gen_random_uuid(), post.id, org, person.id, 'alternate', '2020-01-01'
        from person join post
          on post.title = 'Office ' || (substr(person.name, 2)::int % ${OFFICES});
      insert into matter (id, organisation, audience, excluded, year, number, title, summary, level,
          marking, is_exercise, opened_at, review_by)
        values (m, org, '{}', '{}', 2026, 1, 'M', 'M', 3, 'TLP:AMBER+STRICT', false, now(), now());
      insert into warning (id, matter, organisation, year, number, state, draft, sha256, written_by,
          saved_by, saved_at, sent_at, expires_at)
        select w, m, org, 2026, 1, 'sent', '${JSON.stringify(draft)}', repeat('0', 64), person.id,
          person.id, now(), now(), '2099-01-01' from person limit 1;
      insert into notification (id, warning, matter, post, organisation, authority, office, legal_basis,
          state, acknowledge_by, link_expires_at)
        select gen_random_uuid(), w, m, id, org, 'Police', title, 'L', 'queued', '2099-01-01', '2099-01-01'
        from post;
      insert into delivery (id, matter, notification, person, channel, step, level, state, next_at, made_at)
        select gen_random_uuid(), m, notification.id, holding.person, 'e-mail', 'warned', 3, 'queued',
          now(), now()
        from notification join holding on holding.post = notification.post;
      analyze;
    end $do$`,
  )
  await owner.end()
}
