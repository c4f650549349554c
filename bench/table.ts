/** A plain table, first column left, the others right. */
export function table(title: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  console.log(`\n${title}`)
  rows.forEach((row, index) => {
    console.log(
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')}`,
    )
    if (index === 0) console.log(`  ${widths.map((width) => '─'.repeat(width)).join('   ')}`)
  })
}

/** Median and ratio over paired runs: the machine drifts, so the two sides take turns. */
export async function paired(
  runs: number,
  first: () => unknown,
  second: () => unknown,
  { prepare = () => undefined, warmUp = 1 }: { readonly prepare?: () => unknown; readonly warmUp?: number } = {},
): Promise<{ first: number; second: number; ratio: number }> {
  const samples: { first: number; second: number }[] = []
  for (let run = 0; run < warmUp + runs; run++) {
    await prepare()
    const sample = { first: await timed(first), second: await timed(second) }
    if (run >= warmUp) samples.push(sample)
  }
  return {
    first: median(samples.map((sample) => sample.first)),
    second: median(samples.map((sample) => sample.second)),
    ratio: median(samples.map((sample) => sample.first / sample.second)),
  }
}

/** Milliseconds that one call takes. */
export async function timed(action: () => unknown): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
