// Below this, a difference is the way of the answer through the net, and not worth a correction.
const WORTH_MS = 30_000

let ahead = 0

/** Learns from an answer's Date header how far this machine's clock is off the server's. */
export function noteServerTime(header: string | null, local = Date.now()): void {
  const server = header ? Date.parse(header) : NaN
  if (Number.isNaN(server)) return
  const off = server - local
  ahead = Math.abs(off) < WORTH_MS ? 0 : off
}

/** The time by the server's clock, in ms, so that "3 minutes ago" is true on a machine whose clock is wrong. */
export function serverNow(): number {
  return Date.now() + ahead
}
