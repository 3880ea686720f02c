import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { keysAt, type LabAudience, type Party } from '@tocsin/lab/acquaint.ts'
import { type LabNode, openNode } from '@tocsin/lab/src/lab-node.ts'
import type { Links, Site } from '@tocsin/lab/src/links.ts'
import { openLinks } from '@tocsin/lab/src/open-links.ts'
import { findHolder } from '@tocsin/server/postgres/home-lock.ts'
import type { Orders } from './hand.ts'

const program = fileURLToPath(new URL('hand.ts', import.meta.url))

/** A node as people run it, a process of its own, and the hand at its site. */
export type Member = Pick<LabNode, 'organisation' | 'start' | 'kill'> & {
  readonly ask: Ask
  /** Memory of the process of the node now, in MB, without its database. */
  readonly residentMb: () => Promise<number>
}

type Ask = <Name extends keyof Orders>(
  name: Name,
  ...what: Parameters<Orders[Name]>
) => ReturnType<Orders[Name]>

export type Pair = {
  readonly writer: Member
  readonly reader: Member
  readonly audience: AudienceId
  readonly links: Links
  readonly close: () => Promise<void>
}

/** Two nodes whose homes are copied from that one; they know each other and share an audience. */
export async function openPair(template: string): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const { links, why } = await openLinks(2, 1, 'best')
    undo.push(links.close)
    console.log(`links: ${links.kind}${why === undefined ? '' : `, because ${why}`}`)
    const members: Member[] = []
    const parties: Party[] = []
    for (const [place, site] of links.sites.entries()) {
      const home = join(folder, `node-${place}`)
      await cp(template, home, { recursive: true, preserveTimestamps: true })
      const organisation = newId<OrganisationId>()
      const node = openNode({ home, organisation, site })
      const hand = openHand(site, [home, organisation])
      undo.push(node.close, hand.close)
      await node.start()
      const { start, kill } = node
      const residentMb = () => residentOf(home)
      members.push({ organisation, start, kill, ask: hand.ask, residentMb })
      const { host, port } = links.address(1 - place, place)
      const address = `http://${host}:${port}/`
      const name = `Ministry of River ${place + 1}`
      parties.push({ organisation, name, address, ...(await keysAt(home, organisation)) })
    }
    const [writer, reader] = members as [Member, Member]
    const [first, second] = parties as [Party, Party]
    const audience: LabAudience = {
      id: newId(),
      owner: writer.organisation,
      members: [reader.organisation],
      excluded: [],
    }
    await writer.ask('acquaint', { self: first, other: second, audience })
    await reader.ask('acquaint', { self: second, other: first, audience })
    return { writer, reader, audience: audience.id, links, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function residentOf(home: string): Promise<number> {
  const holder = await findHolder(home)
  const status = await readFile(`/proc/${holder?.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

type Answered = { readonly number: number; readonly done?: unknown; readonly fault?: string }

function openHand({ before }: Site, words: readonly string[]) {
  const [command = '', ...rest] = [...before, process.execPath, program, ...words]
  const child: ChildProcess = spawn(command, rest, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const waiting = new Map<number, (answered: Answered) => void>()
  let count = 0
  child.on('message', (answered: Answered) => waiting.get(answered.number)?.(answered))
  const ask = async (name: string, what: object = {}) => {
    count += 1
    const number = count
    const { done, fault } = await new Promise<Answered>((resolve) => {
      waiting.set(number, resolve)
      child.send({ number, name, what })
    })
    waiting.delete(number)
    if (fault !== undefined) throw new Error(`${name}: ${fault}`)
    return done
  }
  const close = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { ask: ask as Ask, close }
}
