export const extensionId = 'extension-definition--7a2f6c1e-3a57-5e41-8d0b-5d4c2b1a9f60'
