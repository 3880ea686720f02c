import type { App } from '../app.ts'
import { type MailSettings, openEMail } from './e-mail.ts'
import { openSmpp } from './smpp.ts'
import type { SmppSettings } from './smpp-session.ts'
import { type GatewaySettings, openSmsGateway } from './sms-gateway.ts'
import type { PushSettings } from './web-push.ts'
import { openWebhook, type WebhookSettings } from './webhook.ts'

/** The ways besides mail that the environment sets up; one that is not named does not exist. */
export type ChannelSettings = {
  readonly sms?: GatewaySettings
  readonly smpp?: SmppSettings
  readonly webhook?: WebhookSettings
  readonly push?: PushSettings
}

type Settings = {
  readonly mail: MailSettings | undefined
  readonly channels?: ChannelSettings
}

/** Opens the ways that need nothing but their settings. */
export function openChannels(
  { mail, channels: { sms, smpp, webhook } = {} }: Settings,
  home: string,
): App['channels'] {
  return {
    ...(mail && { 'e-mail': openEMail(mail) }),
    ...(webhook && { webhook: openWebhook(webhook, { home }) }),
    ...(sms && { sms: openSmsGateway(sms) }),
    ...(smpp && { sms: openSmpp(smpp) }),
  }
}
