import { startLocalNode } from '@tocsin/server/local.ts'

const { started } = startLocalNode(process.env)
const node = await started
console.log(node.url)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void node.stop().then(() => process.exit(0))
  })
}
