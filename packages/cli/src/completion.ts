import type { Command } from 'commander'

const shells = {
  bash: (words: string) => `complete -W "${words}" tocsin`,
  zsh: (words: string) => `compdef '_arguments "*: :(${words})"' tocsin`,
  fish: (words: string) => `complete -c tocsin -f -a "${words}"`,
} as const

const isShell = (name: string): name is keyof typeof shells => name in shells

/** `tocsin completion bash`: what to add to the shell's start-up file. */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('Print the completion script of a shell: bash, zsh or fish')
    .argument('<shell>')
    .action((shell: string) => {
      if (!isShell(shell)) program.error(`bash, zsh or fish, not ${shell}`)
      const names = program.commands.flatMap((command) => [
        command.name(),
        ...command.commands.map((inner) => inner.name()),
      ])
      console.log(shells[shell]([...new Set(names)].join(' ')))
    })
}
