/** What a stranger's file says, without what would steer a terminal or turn its text around. */
export const harmless = (text: string): string =>
  text.slice(0, 200).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')

/** An instant as people read it. */
export const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
