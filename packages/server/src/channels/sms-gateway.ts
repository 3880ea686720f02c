import { createHash } from 'node:crypto'
import { isPublic, resolveByName } from './addresses.ts'
import type { Channel, Message, Outcome } from './channel.ts'
import { exchange, outcomeOf } from './request.ts'
import { isNumber, shortTextOf } from './sms-text.ts'

export type GatewaySettings = {
  /** A template with `{to}` and `{text}` is asked as it is; any other address is sent the form. */
  readonly url: string
  /** The form's fields as a template; Kannel's where nothing else is said. */
  readonly form?: string
  readonly ca?: string
}

/** Kannel's names; it fills in the status of a receipt in place of `%d`. */
const kannelForm =
  'to={to}&text={text}&charset=UTF-8&coding={coding}&dlr-mask=3&dlr-url={receipt}%3Fstatus%3D%25d'

/**
 * Hands short messages to a gateway over HTTP. What is filled in is always encoded, so that no
 * number and no text can add a field. Without TLS only a gateway on a private network is spoken to.
 */
export function openSmsGateway(
  { url: template, form = kannelForm, ca }: GatewaySettings,
  waitMs?: number,
): Channel {
  const limits = {
    resolve: resolveByName,
    mayReach: (address: string, url: URL) => url.protocol === 'https:' || !isPublic(address),
    ...(ca !== undefined && { ca }),
    ...(waitMs !== undefined && { waitMs }),
  }
  const isTemplate = template.includes('{to}')
  return {
    send: async (message): Promise<Outcome> => {
      if (!isNumber(message.to)) {
        return { state: 'refused', reason: 'refused-address', detail: 'not a number' }
      }
      const values = valuesOf(message)
      const url = new URL(isTemplate ? fill(template, values) : template)
      const { username, password } = url
      // Secrets travel in a header: an address ends up in the logs of whatever stands between.
      url.username = ''
      url.password = ''
      const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
      const basic = `Basic ${Buffer.from(login).toString('base64')}`
      const headers: Record<string, string> = username === '' ? {} : { authorization: basic }
      const type = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
      const answer = isTemplate
        ? await exchange({ url, method: 'GET', headers }, limits)
        : await exchange(
            { url, method: 'POST', headers: { ...headers, ...type }, body: fill(form, values) },
            limits,
          )
      const reference = createHash('sha256').update(message.id).digest('hex').slice(0, 40)
      return outcomeOf(answer, { state: 'sent', reference })
    },
    close: async () => undefined,
  }
}

function valuesOf(message: Message): Readonly<Record<string, string>> {
  const { text, alphabet } = shortTextOf(message)
  const coding = alphabet === 'ucs2' ? '2' : '0'
  return { to: message.to, text, coding, receipt: message.receipt ?? '', id: message.id }
}

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? encodeURIComponent(values[name] ?? '') : whole,
  )
