import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Locale } from '@tocsin/domain/locale.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { catalogues } from '@tocsin/i18n/catalogues.ts'
import { translator } from '@tocsin/i18n/translate.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'

function problemOf(environment: Record<string, string>): Problem {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was accepted')
}

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'secret')
  writeFileSync(file, text)
  return file
}

describe('the ways by which notices leave, in the environment', () => {
  test('are none where nothing is said', () => {
    expect(readConfig({})).toMatchObject({ mail: undefined, channels: {} })
  })

  test('are as they are said', () => {
    const { channels } = readConfig({
      TOCSIN_SMS_URL: 'http://kannel:hush@127.0.0.1:13013/cgi-bin/sendsms',
      TOCSIN_WEBHOOK_HOSTS: 'Hooks.authority.example, intake.internal:8443,10.20.0.5,fd00::5',
      TOCSIN_PUSH_HOSTS: 'web.push.apple.com',
    })
    expect(channels).toEqual({
      sms: { url: 'http://kannel:hush@127.0.0.1:13013/cgi-bin/sendsms' },
      webhook: {
        hosts: ['hooks.authority.example', 'intake.internal:8443', '10.20.0.5', 'fd00::5'],
      },
      push: { hosts: ['web.push.apple.com'] },
    })
  })

  test('can be answered by mail where an address for that is named', () => {
    const mail = {
      TOCSIN_SMTP_URL: 'smtp://127.0.0.1',
      TOCSIN_MAIL_FROM: 'tocsin@node.example',
      TOCSIN_MAIL_REPLY: 'rooms@node.example',
    }
    expect(readConfig(mail)).toMatchObject({ mail: { replies: 'rooms@node.example' } })
    expect(readConfig(mail).channels).toEqual({})
  })

  test('have their secrets in files where a file is named', () => {
    const file = fileOf('smpp://tocsin:hush@host:2775\n')
    const { channels } = readConfig({ TOCSIN_SMPP_URL_FILE: file })
    expect(channels?.smpp?.url).toBe('smpp://tocsin:hush@host:2775')
  })

  test.each<[string, Record<string, string>]>([
    ['TOCSIN_SMS_URL', { TOCSIN_SMS_URL: 'ftp://user:hush@host' }],
    ['TOCSIN_MAIL_REPLY', { TOCSIN_MAIL_REPLY: 'hush@node.example' }],
    [
      'TOCSIN_MAIL_REPLY',
      {
        TOCSIN_SMTP_URL: 'smtp://127.0.0.1',
        TOCSIN_MAIL_FROM: 'tocsin@node.example',
        TOCSIN_MAIL_REPLY: 'hush-and-so-on@node.example',
      },
    ],
    ['TOCSIN_SMS_FORM', { TOCSIN_SMS_FORM: 'to={to}' }],
    ['TOCSIN_SMS_FORM', { TOCSIN_SMS_URL: 'https://h.example/', TOCSIN_SMS_FORM: 'hush' }],
    ['TOCSIN_SMPP_URL', { TOCSIN_SMPP_URL: 'tcp://user:hush@host' }],
    [
      'TOCSIN_SMPP_URL',
      { TOCSIN_SMPP_URL: 'smpp://a:hush@h', TOCSIN_SMS_URL: 'https://a:hush@h.example/' },
    ],
    ['TOCSIN_WEBHOOK_HOSTS', { TOCSIN_WEBHOOK_HOSTS: 'https://hush.example/' }],
    ['TOCSIN_WEBHOOK_HOSTS', { TOCSIN_WEBHOOK_HOSTS: '*.hush.example' }],
    ['TOCSIN_PUSH_HOSTS', { TOCSIN_PUSH_HOSTS: '' }],
    ['TOCSIN_CHANNEL_CA', { TOCSIN_CHANNEL_CA: 'hush' }],
    ['TOCSIN_SMS_URL_FILE', { TOCSIN_SMS_URL_FILE: '/no/such/hush' }],
    [
      'TOCSIN_SMPP_URL_FILE',
      { TOCSIN_SMPP_URL_FILE: '/no/such/hush', TOCSIN_SMPP_URL: 'smpp://a:hush@h' },
    ],
  ])(
    'are refused by the name of %s, with what to do and never with what was said',
    (setting, environment) => {
      const problem = problemOf(environment)
      expect(problem).toMatchObject({ code: 'channel.bad-setting', details: { setting } })
      for (const locale of Locale.options) {
        const sentence = translator(locale, catalogues[locale])(`problem.${problem.code}`, {
          setting,
        })
        expect(sentence).toContain(setting)
        expect(sentence).not.toContain('hush')
      }
      expect(String(problem) + JSON.stringify(problem)).not.toContain('hush')
    },
  )
})
