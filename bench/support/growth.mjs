// How much slower each kind of request became between two results of bench_loop.
import { readFileSync } from 'node:fs';

const [before, after] = process.argv.slice(2, 4).map((file) => JSON.parse(readFileSync(file, 'utf8')).milliseconds);
for (const [name, { p99 }] of Object.entries(after)) {
  const was = before[name].p99;
  console.log(`${name.padEnd(12)} p99 ${was.toFixed(1)} ms, then ${p99.toFixed(1)} ms: ${(p99 / was).toFixed(2)} times`);
}
