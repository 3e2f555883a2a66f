// Runs the operator's tests: the real program, set up, hurt and brought back as an operator would.
//
// usage: node tests/operations.mjs --linli PROGRAM [--postgres URI] [WORD…]
//
// With --postgres, what depends on the engine runs there, in databases made for it beside the one
// of the URI. WORDs choose the scenarios whose names contain one of them.
import { scenarios as commands } from './operations/commands.mjs';
import { scenarios as people } from './operations/people.mjs';
import { scenarios as together } from './operations/together.mjs';
import { scenarios as computation } from './operations/computation.mjs';
import { scenarios as crash } from './operations/crash.mjs';
import { scenarios as circles } from './operations/circles.mjs';
import { scenarios as backup } from './operations/backup.mjs';
import { scenarios as tampering } from './operations/tampering.mjs';
import { scenarios as evidence } from './operations/evidence.mjs';
import { scenarios as outage } from './operations/outage.mjs';
import { scenarios as edges } from './operations/edges.mjs';
import { Place, Skipped } from './operations/place.mjs';

const words = process.argv.slice(2);
const chosen = { linli: '', postgres: '', words: [] };
while (words.length > 0) {
  const word = words.shift();
  if (word === '--linli') chosen.linli = words.shift();
  else if (word === '--postgres') chosen.postgres = words.shift();
  else chosen.words.push(word);
}
const engine = chosen.postgres ? 'postgres' : 'sqlite';
const fits = ({ name, engines }) =>
  engines.includes(engine) && (chosen.words.length === 0 || chosen.words.some((word) => name.includes(word)));

let passed = 0;
let failed = 0;
async function judge({ name, test }) {
  const place = new Place(chosen.linli, chosen.postgres);
  const start = Date.now();
  try {
    await test(place);
    console.log(`ok   ${engine} ${name} (${Date.now() - start} ms)`);
    passed += 1;
  } catch (error) {
    if (error instanceof Skipped) {
      console.log(`skip ${engine} ${name}: ${error.message}`);
    } else {
      console.log(`FAIL ${engine} ${name}: ${error.stack}`);
      failed += 1;
    }
  }
  await place.leave();
}

// Each has a place of its own, and mostly waits: a few at once.
const waiting = [...crash, ...computation, ...circles, ...backup, ...people, ...together, ...tampering, ...evidence, ...outage, ...edges, ...commands].filter(fits);
const line = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await judge(next);
};
await Promise.all(Array.from({ length: 4 }, line));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
