/**
 * Hands the elements of rows that left the view to those that come into it:
 * changing a text is much cheaper for a browser than a new row. A row keeps its
 * slot for as long as it is drawn.
 */
export class RowSlots {
  private readonly slots = new Map<number, number>()
  private free: number[] = []
  private made = 0

  /** The slot of each row, which no other of them has. */
  assign(rows: readonly number[]): ReadonlyMap<number, number> {
    const drawn = new Set(rows)
    for (const [row, slot] of this.slots) {
      if (drawn.has(row)) continue
      this.slots.delete(row)
      this.free.push(slot)
    }
    for (const row of rows) {
      if (!this.slots.has(row)) this.slots.set(row, this.free.pop() ?? this.made++)
    }
    return this.slots
  }
}
