import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/database/migrate.ts'
import { openQueue } from '../src/jobs/queue.ts'

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to
  interface ProvidedContext {
    adminUrl: string
    template: string
  }
}

const urlOf = (adminUrl: string, name: string): string =>
  Object.assign(new URL(adminUrl), { pathname: name }).href

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(adminUrl)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/**
 * No file that shares this server cuts its power: what is written need not wait for the disk. Those
 * that kill a database start one of their own, as the product does.
 */
export async function spareDisk(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, 'alter system set fsync = off')
  await asAdmin(adminUrl, 'alter system set full_page_writes = off')
  await asAdmin(adminUrl, 'select pg_reload_conf()')
}

/** Migrates a template that every test's database is copied from. */
export async function makeTemplate({ provide }: TestProject, adminUrl: string): Promise<void> {
  const template = `template_${randomUUID().replaceAll('-', '')}`
  await asAdmin(adminUrl, `create database ${template}`)
  const url = urlOf(adminUrl, template)
  await migrate(url)
  const queue = await openQueue(url, () => undefined)
  await queue.close()
  provide('adminUrl', adminUrl)
  provide('template', template)
}

/** Three files at a time, each with several nodes. */
export const connections = 450

export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> }

/** A migrated database of the test's own. */
export async function createDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(adminUrl, `create database ${name} template ${inject('template')}`)
  const drop = () => asAdmin(adminUrl, `drop database ${name} with (force)`)
  return { url: urlOf(adminUrl, name), drop }
}
