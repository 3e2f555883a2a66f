// A third party checks a package of evidence without the system, and a changed one is found.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { both } from './place.mjs';

async function evidence(place) {
  const world = await place.served('operator', 'planner', 'worker');
  const { village, county } = world.facts.names;
  for (const [kind, values] of [
    ['facility', { name: '服务中心', kind: 'comprehensive_service', in_service: true, area: 312.5 }],
    ['person', { name: '王秀英', birth_date: '1950-06-01', residence: 'registered_here' }],
  ]) {
    const { status, text } = await world.call('worker', 'POST', `/api/v1/registers/${kind}/records`, { id: randomUUID(), place: village, values });
    assert.equal(status, 201, text);
  }
  const { status, text } = await world.call('planner', 'GET', `/api/v1/plans/pingliang/evidence?place=${county}`);
  assert.equal(status, 200, text);
  assert.doesNotMatch(text, /王秀英/);
  const file = place.path('evidence.json');
  writeFileSync(file, text);
  const right = await place.run('plan', 'verify', file);
  assert.equal(right.code, 0, right.out + right.err);
  assert.match(right.out, /holds/);

  writeFileSync(file, text.replace('312500000', '912500000'));
  const wrong = await place.run('plan', 'verify', file);
  assert.equal(wrong.code, 1);
  assert.match(wrong.out, /digest differs/);
  assert.equal((await place.run('plan', 'verify', place.path('nowhere'))).code, 1);
}

export const scenarios = [{ name: 'evidence verifies outside, and a changed one does not', engines: both, test: evidence }];
