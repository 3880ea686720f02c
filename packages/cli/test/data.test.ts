import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listSources } from '@tocsin/api/sources.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { json, startPublisher } from '../../server/test/publisher.ts'
import { startTestNode } from '../../server/test/test-node.ts'
import { program, tocsin } from './tocsin.ts'

async function fileOf(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin data '))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'figures.csv')
  await writeFile(path, content)
  return path
}

const header = 'country,period,series,value,low,high\n'

describe('tocsin data', () => {
  test('takes files in once, lists them, and removes them', async () => {
    const node = await startTestNode()
    const path = await fileOf(`${header}TCD,2024,test.a,1,,\n`)
    const added = await tocsin(node, ['data', 'add', path])
    expect(added.code).toBe(0)
    expect(added.stdout).toMatch(/^figures.csv: taken in, 1 row read. Held as [0-9a-f-]{36}\./)
    const again = await tocsin(node, ['--json', 'data', 'add', path])
    const [report] = JSON.parse(again.stdout)
    expect(report).toMatchObject({ state: 'unchanged' })
    const listed = await tocsin(node, ['data', 'list'])
    expect(listed.stdout.split('\n')[0]).toContain(report.vintage)
    expect((await tocsin(node, ['data', 'remove', report.vintage])).code).toBe(0)
    expect((await tocsin(node, ['data', 'remove', report.vintage])).code).toBe(2)
  })

  test('says every bad row with its line, in the language of the terminal, and answers 1', async () => {
    const node = await startTestNode()
    const path = await fileOf(`${header}TCD,2024,test.a,x,,\nTCD,2023,test.a,1,,\n`)
    const { code, stdout } = await tocsin(node, ['data', 'add', path], { LANG: 'es_ES.UTF-8' })
    expect(code).toBe(1)
    expect(stdout).toContain('no se incorporó nada')
    expect(stdout).toContain('Línea 2:')
    expect(await node.operator(listSources, {})).toEqual(await node.visitor(listSources, {}))
  })

  test('names a file that is not there before it sends anything', async () => {
    const node = await startTestNode()
    const path = await fileOf(`${header}TCD,2024,test.a,1,,\n`)
    const { code, stderr } = await tocsin(node, ['data', 'add', path, '/no/such/file.csv'])
    expect(code).toBe(2)
    expect(stderr.trim()).toBe('There is no file /no/such/file.csv.')
    const { stdout } = await tocsin(node, ['data', 'list'])
    expect(stdout).not.toContain('test')
  })

  // Root may read everything, and whoever is not root cannot become somebody else.
  const somebody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const [command = '', ...flags] = somebody
  const canBe = spawnSync(command, [...flags, 'test', '-r', program]).status === 0
  if (!canBe) process.stdout.write('Left out: a file without rights, since it needs root.\n')
  test.skipIf(!canBe)('names a file that this user may not read', async () => {
    const path = await fileOf(header)
    await chmod(join(path, '..'), 0o755)
    await chmod(path, 0o600)
    const environment = { TOCSIN_HOME: '/nonexistent' }
    const { code, stderr } = await tocsin(undefined, ['data', 'add', path], environment, somebody)
    expect(code).toBe(2)
    expect(stderr).toContain(`The file ${path} may not be read by this user.`)
  })

  test('fetches from a publisher and takes in what came; without a name it lists what there is', async () => {
    const node = await startTestNode()
    const record = {
      indicator: { id: 'SP.POP.TOTL', value: 'Population, total' },
      country: { id: 'TD', value: 'Chad' },
      countryiso3code: 'TCD',
      date: '2024',
      value: 20_000_000,
      unit: '',
      obs_status: '',
      decimal: 0,
    }
    const page = [{ page: 1, pages: 1, per_page: 5000, total: 1 }]
    const publisher = await startPublisher(json([...page, []]))
    publisher.next(json([...page, [record]]))
    const environment = { TOCSIN_MIRROR: publisher.url }
    const fetched = await tocsin(node, ['data', 'fetch', 'wdi'], environment)
    expect(fetched).toMatchObject({ code: 0, stderr: '' })
    const [newest] = await node.operator(listSources, {})
    expect(newest).toMatchObject({ name: 'wdi', rows: 1, lastPeriod: '2024' })
    const list = await tocsin(node, ['data', 'fetch'])
    expect(list.stdout).toContain('vdem  -  after registration  https://www.v-dem.net/data/')
    const refused = await tocsin(node, ['data', 'fetch', 'vdem'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('https://www.v-dem.net/data/')
  })
})
