import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as trust from '@tocsin/api/network-trust.ts'
import { addOrganisation, changeOrganisation } from '@tocsin/api/people.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Repository } from '@tocsin/records/trust/directory.ts'
import { signNew } from '@tocsin/records/trust/tuf.ts'
import { Updater } from 'tuf-js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { verifiersOf } from '../src/main.ts'
import { keepDirectories } from '../src/network/own-directory.ts'
import { directorySeeds } from '../src/network/own-keys.ts'
import { fetchDirectory } from '../src/network/peer-directory.ts'
import { until } from './test-docket.ts'
import { giveRoot, newKeepers } from './test-network.ts'
import { startTestNode, type TestNode } from './test-node.ts'

const DAY = 86_400_000

/** A node whose clock is the machine's, as the third-party verifier has no other. */
async function withRoot() {
  const node = await startTestNode()
  node.advance(Date.now() - Date.parse(node.app.clock()))
  const { organisation } = await node.as('administrator')
  return { node, organisation, ...(await giveRoot(node, organisation)) }
}

type Files = Record<string, string>

const names = ['1.root.json', '2.root.json', 'timestamp.json', 'snapshot.json', 'targets.json']

async function filesOf(address: string): Promise<Files> {
  const files: Files = {}
  for (const name of [...names, 'targets/directory.json']) {
    const answer = await fetch(`${address}/${name}`)
    if (answer.ok) files[name] = await answer.text()
  }
  return files
}

/** Somebody in the middle, who hands out what they like. */
async function serve(files: Files): Promise<string> {
  const server = createServer((request, response) => {
    const text = files[(request.url ?? '').slice(1)]
    response.writeHead(text === undefined ? 404 : 200).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A third party’s client, which knows the first root and what it saw before. */
async function openThirdParty(root: string) {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-tuf-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'root.json'), root)
  return async (address: string): Promise<string> => {
    const config = { fetchRetries: 0 }
    const paths = { metadataDir: folder, targetDir: folder }
    const updater = new Updater({
      ...paths,
      metadataBaseUrl: address,
      targetBaseUrl: `${address}/targets`,
      config,
    })
    await updater.refresh()
    const target = await updater.getTargetInfo('directory.json')
    if (!target) throw new Error('no directory')
    return updater.downloadTarget(target)
  }
}

const repositoryOf = (files: Files): Repository => ({
  root: files['1.root.json'] ?? '',
  timestamp: files['timestamp.json'] ?? '',
  snapshot: files['snapshot.json'] ?? '',
  targets: files['targets.json'] ?? '',
  directory: files['targets/directory.json'] ?? '',
})

async function rename(node: TestNode, organisation: OrganisationId, name: string) {
  const body = { name, kind: 'focal-point' as const, country: null, closed: false }
  await node.operator(changeOrganisation, { params: { organisation }, body })
  const address = `${node.url}/tuf/${organisation}`
  await until(async () => {
    await keepDirectories(node.app, verifiersOf)
    return (await filesOf(address))['targets/directory.json']?.includes(name) === true
  })
}

describe('the directory of an organisation', () => {
  test('is believed by a third party’s client and by a peer, anew after each change', async () => {
    const { node, organisation, address, file } = await withRoot()
    const thirdParty = await openThirdParty(file)
    await thirdParty(address)
    const first = await fetchDirectory(address, undefined, node.app.clock())
    expect(first.directory).toMatchObject({
      organisation,
      address: node.url,
      name: 'Ministry of Rivers',
    })
    expect(first.files.map(({ role }) => role)).toEqual([
      'root',
      'timestamp',
      'snapshot',
      'targets',
      'directory',
    ])
    const known = repositoryOf(await filesOf(address))
    // No change costs one small file and changes nothing.
    const again = await fetchDirectory(address, known, node.app.clock())
    expect(again.files).toEqual([])
    await keepDirectories(node.app, verifiersOf)
    expect(repositoryOf(await filesOf(address))).toEqual(known)
    await rename(node, organisation, 'Ministry of Lakes')
    await thirdParty(address)
    const changed = await fetchDirectory(address, known, node.app.clock())
    expect(changed.directory.name).toBe('Ministry of Lakes')
    // After half its life the time stamp is made anew, with nothing else.
    const before = await filesOf(address)
    node.advance(4 * DAY)
    let after = before
    await until(async () => {
      await keepDirectories(node.app, verifiersOf)
      after = await filesOf(address)
      return after['timestamp.json'] !== before['timestamp.json']
    })
    expect(after['targets.json']).toBe(before['targets.json'])
  })

  /** The same repository before a change and after it, and what others make of it. */
  async function tampered() {
    const { node, organisation, address, file } = await withRoot()
    const old = await filesOf(address)
    await rename(node, organisation, 'Ministry of Lakes')
    const now = await filesOf(address)
    const foreign = await filesOf((await withRoot()).address)
    const seeds = await directorySeeds(node.app, organisation)
    const part = (files: Files, name: string) => ({ [name]: files[name] ?? '' })
    const signedOf = (name: string) => JSON.parse(now[name] ?? '').signed
    const expired = (role: 'timestamp' | 'snapshot' | 'targets') => ({
      [`${role}.json`]: signNew(
        { ...signedOf(`${role}.json`), expires: '2026-01-02T00:00:00Z' },
        seeds[role],
      ),
    })
    const { 'targets.json': _targets, ...withoutTargets } = now
    const changed = (name: string, from: string, to: string) => ({
      [name]: (now[name] ?? '').replace(from, to),
    })
    const bad: Record<string, Files> = {
      'other spaces in targets': {
        ...now,
        ...changed('targets.json', '"version":', '"version": '),
      },
      'another directory': { ...now, ...changed('targets/directory.json', 'Lakes', 'Lacks') },
      'an older snapshot': { ...now, ...part(old, 'snapshot.json') },
      'older targets': { ...now, ...part(old, 'targets.json') },
      'an expired time stamp': { ...now, ...expired('timestamp') },
      'an expired snapshot': { ...now, ...expired('snapshot') },
      'expired targets': { ...now, ...expired('targets') },
      'a time stamp of others': { ...now, ...part(foreign, 'timestamp.json') },
      'a root of others': { ...foreign },
      'a time stamp by the key of another role': {
        ...now,
        'timestamp.json': signNew(signedOf('timestamp.json'), seeds.targets),
      },
      'no targets': withoutTargets,
      nonsense: { ...now, 'timestamp.json': '{"signed":{}}' },
    }
    return { node, file, address, old, now, bad }
  }

  test('that was tampered with, expired or signed by others is refused, by a third party too', async () => {
    const { node, file, bad } = await tampered()
    for (const [what, files] of Object.entries(bad)) {
      const middle = await serve(files)
      const known = { root: file }
      const peer = fetchDirectory(middle, known, node.app.clock())
      await expect(peer, what).rejects.toMatchObject({ code: 'directory.refused' })
      const thirdParty = await openThirdParty(file)
      await expect(thirdParty(middle), what).rejects.toThrow()
    }
  })

  test('never goes back for whoever saw a newer one', async () => {
    const { node, file, address, old, now } = await tampered()
    const thirdParty = await openThirdParty(file)
    await thirdParty(address)
    for (const files of [old, { ...now, 'timestamp.json': old['timestamp.json'] ?? '' }]) {
      const middle = await serve(files)
      const peer = fetchDirectory(middle, repositoryOf(now), node.app.clock())
      await expect(peer).rejects.toMatchObject({ details: { fault: 'rolled-back' } })
      await expect(thirdParty(middle)).rejects.toThrow()
    }
  })

  test('hangs on a root that changes only by the keepers of the old one and of the new one', async () => {
    const { node, organisation, address, keepers, file } = await withRoot()
    const known = repositoryOf(await filesOf(address))
    const strangers = newKeepers()
    await expect(
      giveRoot(node, organisation, { version: 2, keepers: strangers }),
    ).rejects.toMatchObject({ code: 'root.refused', details: { fault: 'wrong-signature' } })
    await expect(giveRoot(node, organisation, { version: 3, keepers })).rejects.toMatchObject({
      details: { fault: 'rolled-back' },
    })
    const thirdParty = await openThirdParty(file)
    await thirdParty(address)
    await giveRoot(node, organisation, { version: 2, keepers: strangers, former: keepers })
    await thirdParty(address)
    const followed = await fetchDirectory(address, known, node.app.clock())
    expect(followed.root.version).toBe(2)
    const usurper = await startTestNode()
    usurper.advance(Date.now() - Date.parse(usurper.app.clock()))
    await usurper.as('administrator')
    const body = { id: organisation, name: 'Usurper', kind: 'focal-point' as const, country: null }
    await usurper.operator(addOrganisation, { body })
    const { address: theirs } = await giveRoot(usurper, organisation)
    await expect(fetchDirectory(theirs, known, node.app.clock())).rejects.toMatchObject({
      code: 'directory.refused',
    })
  })

  test('is given for organisations of this node alone', async () => {
    const { node } = await withRoot()
    for (const path of [
      '1.root.json',
      'timestamp.json',
      'targets/directory.json',
      'possession?nonce=0123456789abcdef',
    ]) {
      const answer = await fetch(`${node.url}/tuf/${newId()}/${path}`)
      expect(answer.status, path).toBe(404)
    }
    const params = { organisation: newId<OrganisationId>() }
    await expect(
      node.operator(trust.installRoot, { params, body: { file: '{}' } }),
    ).rejects.toMatchObject({ code: 'root.refused' })
  })
})
