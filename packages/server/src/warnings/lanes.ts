/**
 * Work that shares a lane is done one after another, in the order in which it came; lanes do not
 * wait for each other. A lane that is empty again is forgotten.
 */
export function openLanes(): <T>(lane: string, work: () => Promise<T>) => Promise<T> {
  const ends = new Map<string, Promise<unknown>>()
  return (lane, work) => {
    const before = ends.get(lane) ?? Promise.resolve()
    const done = before.then(work, work)
    ends.set(lane, done)
    const forget = () => {
      if (ends.get(lane) === done) ends.delete(lane)
    }
    done.then(forget, forget)
    return done
  }
}
